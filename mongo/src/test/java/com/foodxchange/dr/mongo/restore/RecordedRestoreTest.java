package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.Recording;
import com.foodxchange.dr.mongo.dump.DirectoryDumpSource;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.dump.MemoryDump;
import com.foodxchange.dr.mongo.merge.Merge;
import com.foodxchange.dr.mongo.merge.MergeRequest;
import com.foodxchange.dr.mongo.merge.MergedState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The state before what a real server did, and what it did, restored into a server, are the state after it. */
class RecordedRestoreTest {
    static final List<String> RECORDINGS = Recording.NAMES;
    private static final List<String> DATABASES =
            List.of("foodxchange_experts", "foodxchange_side", "foodxchange_dropme");

    @TempDir
    private Path directory;

    private MergedState merge(DumpSource base, List<DumpSource> slices, OpTime from) throws Exception {
        OpTime start = slices.isEmpty() ? null : from;
        return Merge.open(new MergeRequest(base, start, start, slices, null, Set.of(), directory, 1 << 20));
    }

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void initialAndOplogRestoredAreFinal(String name) throws Exception {
        Recording recording = Recording.unpack(name, directory);
        OpTime from = new OpTime(recording.from(), 1);
        DumpSource oplog = new MemoryDump().put(DumpLayout.OPLOG, Files.readAllBytes(recording.oplog()));
        try (TestTarget target = TestTarget.start();
                MergedState moment = merge(new DirectoryDumpSource(recording.before()), List.of(oplog), from);
                MergedState after = merge(new DirectoryDumpSource(recording.after()), List.of(), from)) {
            Map<String, String> renames = new TreeMap<>();
            DATABASES.forEach(database -> renames.put(database, target.database(database)));
            Selection selection = new Selection(Set.copyOf(DATABASES), Set.of(), renames);

            RestoreReport report = target.restore().run(selection.apply(moment.contents()));

            assertThat(report.findings()).isEmpty();
            assertThat(report.complete()).isTrue();
            List<CollectionContent> expected = selection.apply(after.contents());
            assertThat(new ContentVerification(target.client(), 2).compare(hashes(expected)))
                    .isEmpty();
            assertSameCatalog(target.catalog(), expected);
        }
    }

    private static Map<Namespace, ContentHash.Value> hashes(List<CollectionContent> contents) throws Exception {
        Map<Namespace, ContentHash.Value> hashes = new TreeMap<>();
        for (CollectionContent content : contents) {
            if (content.spec().type() == CollectionSpec.Type.COLLECTION) {
                ContentHash hash = new ContentHash();
                content.forEach(hash::add);
                hashes.put(content.spec().namespace(), hash.value());
            }
        }
        return hashes;
    }

    private static void assertSameCatalog(Map<String, CollectionSpec> actual, List<CollectionContent> expected) {
        assertThat(actual.keySet())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(content -> content.spec().namespace().toString())
                        .toList());
        for (CollectionContent content : expected) {
            String name = content.spec().namespace().toString();
            CollectionSpec spec = Objects.requireNonNull(actual.get(name));
            assertThat(spec.type()).as(name).isEqualTo(content.spec().type());
            assertThat(spec.options())
                    .as("options of %s", name)
                    .isEqualTo(content.spec().options());
            assertThat(comparable(spec)).as("indexes of %s", name).isEqualTo(comparable(content.spec()));
        }
    }

    /** By name, without what names the collection, and without the types of numbers, which servers change. */
    private static Map<String, BsonDocument> comparable(CollectionSpec spec) {
        Map<String, BsonDocument> indexes = new TreeMap<>();
        for (BsonDocument index : spec.indexes()) {
            BsonDocument comparable = new BsonDocument();
            comparable.putAll(index);
            comparable.remove("ns");
            if (comparable.containsKey("expireAfterSeconds")) {
                comparable.append(
                        "expireAfterSeconds",
                        new BsonInt64(comparable.getNumber("expireAfterSeconds").longValue()));
            }
            indexes.put(IndexSpecs.name(index), comparable);
        }
        return indexes;
    }
}
