package com.foodxchange.dr.mongo.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.bson.Bytes;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

final class FullCaptureTest extends CaptureFixture {
    @Test
    void aQuietDatabaseIsCapturedAsItIs() throws Exception {
        MongoCollection<Document> numbers = database.getCollection("numbers");
        numbers.insertMany(documents(0, 5000));
        numbers.createIndex(Indexes.ascending("text"));
        database.createCollection(
                "capped", new CreateCollectionOptions().capped(true).sizeInBytes(1 << 20));
        database.getCollection("capped").insertMany(documents(0, 200));
        database.createCollection("empty");
        database.createView("view", "numbers", List.of(new Document("$match", new Document("_id", 7))));

        ChunkSink sink = new ChunkSink();
        FullCapture.Result result = capture(sink);

        assertLeadsToWhatIsThereNow(result, sink);
        assertThat(result.findings()).isEmpty();
        assertThat(sink.dump().paths())
                .contains(
                        DumpLayout.PRELUDE,
                        DumpLayout.OPLOG,
                        database.getName() + "/view.metadata.json",
                        database.getName() + "/empty.metadata.json")
                .doesNotContain(path("view"));
        assertThat(sink.dump().size(path("empty"))).isZero();
    }

    @Test
    void idsOfAllTypesAreCoveredByTheRangesOfASplitCollection() throws Exception {
        MongoCollection<Document> mixed = database.getCollection("mixed");
        for (int at = 0; at < 2500; at++) {
            mixed.insertMany(List.of(
                    document(at * 2, 10),
                    document(at * 2 + 0.5, 10),
                    document("text " + at, 10),
                    document(new ObjectId(), 10),
                    document(new Document("a", at), 10)));
        }
        mixed.insertMany(List.of(document(new MinKey(), 1), document(new MaxKey(), 1), document(true, 1)));

        ChunkSink sink = new ChunkSink();
        FullCapture.Result result = capture(sink);

        assertThat(sink.parts(path("mixed"))).isGreaterThan(2);
        assertThat(result.collections())
                .singleElement()
                .satisfies(captured -> assertThat(captured.content().count()).isEqualTo(12_503));
        assertLeadsToWhatIsThereNow(result, sink);
    }

    @Test
    void contentHashesChunksAndProgressTellWhatIsInTheFiles() throws Exception {
        database.getCollection("numbers").insertMany(documents(0, 8000));
        AtomicLong bytes = new AtomicLong();
        Set<Namespace> finished = ConcurrentHashMap.newKeySet();
        CaptureProgress progress = new CaptureProgress() {
            @Override
            public void read(Namespace namespace, long documents, long more) {
                bytes.addAndGet(more);
            }

            @Override
            public void collectionFinished(Namespace namespace) {
                finished.add(namespace);
            }
        };
        ChunkSink sink = new ChunkSink();
        FullCapture.Result result = new FullCapture(deployment, options(), SMALLEST_RANGE).run(sink, progress);

        FullCapture.CapturedCollection captured = result.collections().getFirst();
        ContentHash hash = new ContentHash();
        for (byte[] chunk : sink.chunks(path("numbers"))) {
            for (int at = 0; at < chunk.length; at += Bytes.int32(chunk, at)) {
                hash.add(chunk, at, Bytes.int32(chunk, at));
            }
        }
        assertThat(captured.content()).isEqualTo(hash.value());
        assertThat(captured.chunks()).isEqualTo(sink.chunks(path("numbers")).size());
        assertThat(bytes).hasValue(captured.content().bytes());
        assertThat(finished).containsExactly(captured.spec().namespace());
        FullCapture.OplogSpan oplog = Objects.requireNonNull(result.oplog());
        assertThat(oplog.to()).isGreaterThanOrEqualTo(oplog.scanFrom());
        assertThat(oplog.bytes()).isEqualTo(sink.dump().size(DumpLayout.OPLOG));
    }

    @Test
    void twoCapturesShareTheChunksOfWhatDidNotChange() throws Exception {
        MongoCollection<Document> numbers = database.getCollection("numbers");
        numbers.insertMany(documents(0, 40_000));
        Set<String> before = chunksOfACapture();
        numbers.updateOne(new Document("_id", 20_000), Updates.set("changed", true));
        numbers.deleteOne(new Document("_id", 30_000));
        Set<String> fresh = chunksOfACapture();
        assertThat(before).hasSizeGreaterThan(15);

        fresh.removeAll(before);

        // Two chunks hold the changes; a range may begin within a chunk of the other capture, which costs two more.
        assertThat(fresh).hasSizeBetween(2, 8);
    }

    private Set<String> chunksOfACapture() throws Exception {
        ChunkSink sink = new ChunkSink();
        new FullCapture(deployment, options(), 8 << 20).run(sink, CaptureProgress.NONE);
        Set<String> distinct = new HashSet<>();
        sink.chunks(path("numbers")).forEach(chunk -> distinct.add(Arrays.hashCode(chunk) + "," + chunk.length));
        return distinct;
    }

    @Test
    void aDatabaseThatIsNotThereIsToldWithThoseThatAre() {
        database.createCollection("a");
        FullCapture.Options other = options().withDatabases(Set.of(database.getName(), "not_there"));
        DeploymentException failure = catchThrowableOfType(
                DeploymentException.class,
                () -> new FullCapture(deployment, other).run(new ChunkSink(), CaptureProgress.NONE));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure).hasMessageContaining("not_there");
        assertThat(failure.hint()).contains(database.getName());
    }

    @Test
    void withoutNamesEverythingButTheServersOwnIsTaken() throws Exception {
        database.getCollection("a").insertOne(new Document());
        server.newDatabase().getCollection("b").insertOne(new Document());
        ChunkSink sink = new ChunkSink();
        FullCapture.Result result = new FullCapture(
                        deployment, FullCapture.Options.standard().withDatabases(Set.of()))
                .run(sink, CaptureProgress.NONE);
        assertThat(result.collections())
                .extracting(captured -> captured.spec().namespace().collection())
                .contains("a", "b");
        assertThat(result.collections())
                .extracting(captured -> captured.spec().namespace().database())
                .doesNotContain("local", "config");
    }

    @Test
    void documentsOfTheLargestSizePassInTheScanAndInTheOplog() throws Exception {
        MongoCollection<Document> huge = database.getCollection("huge");
        int largest = (16 << 20) - 100;
        huge.insertOne(new Document("_id", 1).append("text", "x".repeat(largest)));
        ChunkSink sink = new ChunkSink()
                .afterFirstChunk(
                        path("huge"), () -> huge.insertOne(new Document("_id", 2).append("text", "y".repeat(largest))));
        FullCapture.Result result = capture(sink);
        assertLeadsToWhatIsThereNow(result, sink);
        assertThat(Objects.requireNonNull(result.oplog()).bytes()).isGreaterThan(largest);
    }

    @Test
    void theOplogIsCopiedFromTheStartOfTheOldestOpenTransaction() throws Exception {
        server.faults();
        database.getCollection("a").insertOne(new Document("_id", 1));
        OpTime start = deployment.majorityOpTime();
        database.getCollection("a").insertMany(documents(2, 10));
        Document opTime = new Document("ts", start.ts()).append("t", start.term());
        MongoCollection<Document> transactions =
                server.client().getDatabase("config").getCollection("transactions");
        transactions.insertMany(List.of(
                new Document("_id", 1).append("state", "inProgress").append("startOpTime", opTime),
                new Document("_id", 2)
                        .append("state", "committed")
                        .append("startOpTime", new Document("ts", new BsonTimestamp(1, 1)).append("t", 1L))));

        FullCapture.OplogSpan oplog =
                Objects.requireNonNull(capture(new ChunkSink()).oplog());

        assertThat(oplog.first()).isEqualTo(start);
        assertThat(oplog.scanFrom()).isGreaterThan(start);
        assertThat(oplog.entries()).isGreaterThanOrEqualTo(11);
    }
}
