package com.foodxchange.dr.mongo.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.MemoryDump;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that the recordings do not have, one rule each. */
class MergeTest {
    private static final UUID EXPERTS = new UUID(1, 1);
    private static final UUID LOG = new UUID(2, 2);
    private static final String SESSION = "lsid: {id: 'session'}, txnNumber: 5";

    @TempDir
    private Path directory;

    private final MemoryDump base = new MemoryDump();
    private final ByteArrayOutputStream oplog = new ByteArrayOutputStream();
    private int entries;
    private List<Finding> findings = List.of();

    MergeTest() {
        collection("x.experts", EXPERTS, "{}", "{_id: 1, n: 1}", "{_id: 2, n: 2}");
        collection("x.log", LOG, "{capped: true, size: 120}", "{_id: 1}", "{_id: 2}", "{_id: 3}");
    }

    private void collection(String namespace, UUID uuid, String options, String... documents) {
        Namespace name = Namespace.parse(namespace);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Arrays.stream(documents).forEach(json -> data.writeBytes(bytes(BsonDocument.parse(json))));
        base.put(DumpLayout.dataPath(name), data.toByteArray());
        base.putMetadata(
                new CollectionSpec(name, CollectionSpec.Type.COLLECTION, uuid, BsonDocument.parse(options), List.of()));
    }

    private static byte[] bytes(BsonDocument document) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(out),
                        document,
                        EncoderContext.builder().build());
        return out.toByteArray();
    }

    /** Adds an entry at second 100, ordinal 1, 2, 3 ... */
    private MergeTest entry(String json, @Nullable UUID uuid) {
        BsonDocument entry = BsonDocument.parse(json);
        if (uuid != null) {
            entry.put("ui", new BsonBinary(uuid));
        }
        entry.put("ts", new BsonTimestamp(100, ++entries));
        oplog.writeBytes(bytes(entry));
        return this;
    }

    private MergeTest insert(UUID uuid, String namespace, String document) {
        return entry("{op: 'i', ns: '" + namespace + "', o: " + document + "}", uuid);
    }

    private MergeTest command(@Nullable UUID uuid, String command) {
        return entry("{op: 'c', ns: 'x.$cmd', o: " + command + "}", uuid);
    }

    /** The next part of the one transaction; every part but the first names the one before it, as servers do. */
    private MergeTest transaction(String object) {
        String previous = "{$timestamp: {t: " + (entries == 0 ? 0 : 100) + ", i: " + entries + "}}";
        String link = "prevOpTime: {ts: " + previous + ", t: 1}";
        return entry("{op: 'c', ns: 'admin.$cmd', " + SESSION + ", " + link + ", o: " + object + "}", null);
    }

    private static String operations(int id) {
        String uuid = "{$binary: {base64: 'AAAAAAAAAAEAAAAAAAAAAQ==', subType: '04'}}";
        return "applyOps: [{op: 'i', ns: 'x.experts', ui: " + uuid + ", o: {_id: " + id + "}}]";
    }

    /** The documents of every collection, as JSON, after the entries up to ordinal {@code target}. */
    private List<String> merged(String namespace, int target, @Nullable OpTime scanFrom, @Nullable OpTime consistentAt)
            throws Exception {
        MergeRequest request = new MergeRequest(
                base,
                scanFrom,
                consistentAt,
                List.of(new MemoryDump().put(DumpLayout.OPLOG, oplog.toByteArray())),
                new BsonTimestamp(100, target),
                Set.of(),
                directory,
                1 << 20);
        List<String> documents = new ArrayList<>();
        try (MergedState state = Merge.open(request)) {
            for (CollectionContent content : state.contents()) {
                if (content.spec().namespace().equals(Namespace.parse(namespace))) {
                    content.forEach((buffer, offset, length) -> documents.add(
                            new RawBsonDocument(Arrays.copyOfRange(buffer, offset, offset + length)).toJson()));
                }
            }
            findings = state.findings();
        }
        return documents;
    }

    private List<String> merged(String namespace, int target) throws Exception {
        return merged(namespace, target, null, null);
    }

    @Test
    void aPreparedTransactionCountsFromItsCommit() throws Exception {
        transaction("{" + operations(10) + ", partialTxn: true}");
        transaction("{" + operations(11) + ", prepare: true}");
        transaction("{commitTransaction: 1}");
        assertThat(merged("x.experts", 2)).hasSize(2);
        assertThat(merged("x.experts", 3)).hasSize(4).contains("{\"_id\": 10}", "{\"_id\": 11}");
        assertThat(findings).isEmpty();
    }

    @Test
    void anAbortedTransactionLeavesNothing() throws Exception {
        transaction("{" + operations(10) + ", prepare: true}");
        transaction("{abortTransaction: 1}");
        assertThat(merged("x.experts", 2)).hasSize(2);
    }

    @Test
    void aTransactionThatCommittedBeforeTheScanIsInTheBase() throws Exception {
        transaction("{" + operations(10) + ", prepare: true}");
        transaction("{commitTransaction: 1}");
        OpTime scan = OpTime.of(100, 2, 1);
        assertThat(merged("x.experts", 2, scan, scan)).hasSize(2);
    }

    @Test
    void aTransactionOpenAtTheScanCountsFromItsCommitAfterIt() throws Exception {
        transaction("{" + operations(10) + ", prepare: true}");
        insert(EXPERTS, "x.experts", "{_id: 99}");
        transaction("{commitTransaction: 1}");
        OpTime scan = OpTime.of(100, 2, 1);
        assertThat(merged("x.experts", 3, scan, scan))
                .as("99 was there before the scan and is not in the base, so it was deleted")
                .contains("{\"_id\": 10}")
                .doesNotContain("{\"_id\": 99}");
    }

    @Test
    void aTransactionWhoseBeginningIsMissingIsAFinding() throws Exception {
        entry(
                "{op: 'c', ns: 'admin.$cmd', " + SESSION
                        + ", prevOpTime: {ts: {$timestamp: {t: 99, i: 1}}, t: 1}, o: {commitTransaction: 1}}",
                null);
        merged("x.experts", 1);
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("began before the oplog"));
    }

    @Test
    void vectoredInsertsAreNoTransaction() throws Exception {
        entry("{op: 'c', ns: 'admin.$cmd', " + SESSION + ", multiOpType: 1, o: {" + operations(10) + "}}", null);
        assertThat(merged("x.experts", 1)).hasSize(3);
    }

    @Test
    void aCappedCollectionKeepsItsNewestInTheirOrder() throws Exception {
        for (int id = 4; id <= 9; id++) {
            insert(LOG, "x.log", "{_id: " + id + "}");
        }
        // 14 bytes each: 120 bytes hold eight
        assertThat(merged("x.log", 6))
                .containsExactly(
                        "{\"_id\": 2}",
                        "{\"_id\": 3}",
                        "{\"_id\": 4}",
                        "{\"_id\": 5}",
                        "{\"_id\": 6}",
                        "{\"_id\": 7}",
                        "{\"_id\": 8}",
                        "{\"_id\": 9}");
    }

    @Test
    void whatIsInsertedAgainInACappedCollectionStandsWhereTheInsertionWas() throws Exception {
        insert(LOG, "x.log", "{_id: 2}").insert(LOG, "x.log", "{_id: 3}").insert(LOG, "x.log", "{_id: 4}");
        OpTime scan = OpTime.of(100, 3, 1);
        assertThat(merged("x.log", 3, OpTime.of(99, 1, 1), scan))
                .containsExactly("{\"_id\": 1}", "{\"_id\": 2}", "{\"_id\": 3}", "{\"_id\": 4}");
    }

    @Test
    void anUnknownCommandStopsAndSaysBeforeWhichMoment() {
        command(EXPERTS, "{reshapeCollection: 'experts'}");
        assertThatThrownBy(() -> merged("x.experts", 1)).isInstanceOfSatisfying(DeploymentException.class, e -> {
            assertThat(e.kind()).isEqualTo(DeploymentException.Kind.UNKNOWN_ENTRY);
            assertThat(e).hasMessageContaining("100,1").hasMessageContaining("reshapeCollection");
            assertThat(e.hint()).contains("before");
        });
    }

    @Test
    void anUnknownCommandAfterTheTargetOrInTheServersOwnDatabaseDoesNotMatter() throws Exception {
        entry("{op: 'c', ns: 'config.$cmd', o: {reshapeCollection: 'x'}}", null);
        command(EXPERTS, "{reshapeCollection: 'experts'}");
        assertThat(merged("x.experts", 1)).hasSize(2);
    }

    @Test
    void anUpdateThatMissesIsAFindingAfterTheScanAndNoneWithin() throws Exception {
        entry("{op: 'u', ns: 'x.experts', o: {$v: 2, diff: {u: {n: 5}}}, o2: {_id: 77}}", EXPERTS);
        merged("x.experts", 1, OpTime.of(99, 1, 1), OpTime.of(100, 1, 1));
        assertThat(findings).isEmpty();
        merged("x.experts", 1, OpTime.of(98, 1, 1), OpTime.of(99, 1, 1));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("x.experts");
            assertThat(finding.severity()).isEqualTo(Finding.Severity.PROBLEM);
        });
    }

    @Test
    void changesOfAnUnknownCollectionAreAFinding() throws Exception {
        insert(new UUID(9, 9), "x.nowhere", "{_id: 1}");
        merged("x.experts", 1);
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.subject()).isEqualTo("x.nowhere"));
    }

    @Test
    void aRenameOntoAnotherKeepsTheOneAndDropsTheOther() throws Exception {
        BsonDocument rename = BsonDocument.parse("{renameCollection: 'x.experts', to: 'x.log'}");
        rename.put("dropTarget", new BsonBinary(LOG));
        command(EXPERTS, rename.toJson());
        assertThat(merged("x.log", 1)).containsExactly("{\"_id\": 1, \"n\": 1}", "{\"_id\": 2, \"n\": 2}");
        assertThat(merged("x.experts", 1)).isEmpty();
    }

    @Test
    void viewsFollowTheirDefinitions() throws Exception {
        UUID views = new UUID(3, 3);
        insert(views, "x.system.views", "{_id: 'x.top', viewOn: 'experts', pipeline: []}");
        entry("{op: 'u', ns: 'x.system.views', o: {$v: 2, diff: {u: {viewOn: 'log'}}}, o2: {_id: 'x.top'}}", views);
        MergeRequest request = new MergeRequest(
                base,
                null,
                null,
                List.of(new MemoryDump().put(DumpLayout.OPLOG, oplog.toByteArray())),
                null,
                Set.of(),
                directory,
                1 << 20);
        try (MergedState state = Merge.open(request)) {
            assertThat(state.contents())
                    .filteredOn(content -> content.spec().type() == CollectionSpec.Type.VIEW)
                    .singleElement()
                    .satisfies(content -> {
                        assertThat(content.spec().namespace()).isEqualTo(new Namespace("x", "top"));
                        assertThat(content.spec().options().get("viewOn")).isEqualTo(new BsonString("log"));
                    });
        }
    }

    @Test
    void aTimeSeriesCollectionCreatedMeanwhileHasTheOptionsOfItsBuckets() throws Exception {
        UUID buckets = new UUID(4, 4);
        command(buckets, "{create: 'system.buckets.w', timeseries: {timeField: 't'}, clusteredIndex: true}");
        insert(new UUID(3, 3), "x.system.views", "{_id: 'x.w', viewOn: 'system.buckets.w', pipeline: []}");
        insert(buckets, "x.system.buckets.w", "{_id: 5}");
        assertThat(merged("x.system.buckets.w", 3)).hasSize(1);
    }

    @Test
    void bytesThatAreNoOplogAreNamedAsDamage() {
        oplog.writeBytes(new byte[] {9, 0, 0, 0, 1, 2, 3});
        assertThatThrownBy(() -> merged("x.experts", 1))
                .isInstanceOfSatisfying(
                        DeploymentException.class,
                        e -> assertThat(e.kind()).isEqualTo(DeploymentException.Kind.CORRUPT));
    }
}
