package com.foodxchange.dr.mongo.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.TestServer;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoSocketException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What may happen in the middle of a capture. */
final class CaptureIncidentTest extends CaptureFixture {
    private static final int MANY = 20_000;

    private MongoCollection<Document> big() {
        MongoCollection<Document> big = database.getCollection("big");
        big.insertMany(documents(0, MANY));
        return big;
    }

    private DeploymentException failure(ChunkSink sink) {
        return Objects.requireNonNull(catchThrowableOfType(DeploymentException.class, () -> capture(sink)));
    }

    private static void insertWhateverHappens(MongoCollection<Document> collection, Document document) {
        while (true) {
            try {
                collection.insertOne(document);
                return;
            } catch (MongoSocketException e) {
                // The connection was cut; the next one will not be.
            }
        }
    }

    /** Writes of every kind, again and again, whatever becomes of each, until it is told to stop. */
    private static void work(MongoDatabase database, int seed, AtomicBoolean stop) {
        Random random = new Random(seed);
        MongoCollection<Document> big = database.getCollection("big");
        while (!stop.get()) {
            int number = random.nextInt(MANY * 2);
            Document id = new Document("_id", number);
            try {
                switch (random.nextInt(8)) {
                    case 0 -> big.deleteOne(id);
                    case 1 ->
                        big.replaceOne(id, document(number, random.nextInt(900)), new ReplaceOptions().upsert(true));
                    case 2 -> database.getCollection("capped").insertOne(new Document("at", random.nextInt()));
                    case 3 ->
                        database.getCollection("small" + random.nextInt(3))
                                .updateOne(id, Updates.inc("n", 1), new UpdateOptions().upsert(true));
                    default -> big.updateOne(id, Updates.set("n" + random.nextInt(5), random.nextInt()));
                }
            } catch (MongoException e) {
                // done or not: the oplog knows
            }
        }
    }

    private void captureWhileOthersWrite(ChunkSink sink) throws Exception {
        big();
        database.createCollection(
                "capped", new CreateCollectionOptions().capped(true).sizeInBytes(20_000));
        AtomicBoolean stop = new AtomicBoolean();
        FullCapture.Result result;
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 3; writer++) {
                int seed = writer;
                writers.execute(() -> work(database, seed, stop));
            }
            try {
                result = capture(sink);
            } finally {
                stop.set(true);
            }
        }
        assertThat(Objects.requireNonNull(result.oplog()).entries()).isPositive();
        assertLeadsToWhatIsThereNow(result, sink);
    }

    @Test
    void whatOthersWriteMeanwhileEndsUpAsItIs() throws Exception {
        captureWhileOthersWrite(new ChunkSink());
    }

    @Test
    void anElectionInTheMiddleIsSurvived() throws Exception {
        Sandbox sandbox = server.faults();
        captureWhileOthersWrite(new ChunkSink().afterFirstChunk(path("big"), sandbox::electNewPrimary));
    }

    @Test
    void aServerThatGoesAwayAndComesBackIsSurvived() throws Exception {
        Sandbox sandbox = server.faults();
        captureWhileOthersWrite(new ChunkSink().afterFirstChunk(path("big"), () -> {
            sandbox.goAway();
            server.comeBack();
        }));
    }

    @Test
    void aCappedCollectionIsReadOnAfterAnElection() throws Exception {
        Sandbox sandbox = server.faults();
        database.createCollection(
                "capped", new CreateCollectionOptions().capped(true).sizeInBytes(64 << 20));
        database.getCollection("capped").insertMany(documents(0, MANY));
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("capped"), sandbox::electNewPrimary);
        FullCapture.Result result = capture(sink);
        assertThat(result.collections().getFirst().content().count()).isEqualTo(MANY);
        assertLeadsToWhatIsThereNow(result, sink);
    }

    @Test
    void aCollectionThatIsRenamedMeanwhileIsReadToItsEnd() throws Exception {
        MongoCollection<Document> big = big();
        String name = database.getName();
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("big"), () -> {
            big.renameCollection(new MongoNamespace(name, "moved"));
            database.getCollection("moved").createIndex(Indexes.ascending("text"));
            database.getCollection("big").insertMany(documents(MANY, 3000));
        });
        FullCapture.Result result = capture(sink);
        assertThat(result.collections())
                .singleElement()
                .satisfies(captured -> assertThat(captured.content().count()).isEqualTo(MANY));
        assertLeadsToWhatIsThereNow(result, sink);
    }

    @Test
    void aCollectionThatIsDroppedMeanwhileIsGoneInTheEnd() throws Exception {
        MongoCollection<Document> big = big();
        database.getCollection("other").insertMany(documents(0, 10));
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("big"), big::drop);
        FullCapture.Result result = capture(sink);
        assertLeadsToWhatIsThereNow(result, sink);
        assertThat(database.listCollectionNames()).containsExactly("other");
    }

    @Test
    void aCollectionThatIsDroppedAndMadeAnewIsTheNewOneInTheEnd() throws Exception {
        MongoCollection<Document> big = big();
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("big"), () -> {
            big.drop();
            big.insertMany(documents(100, 3000));
        });
        assertLeadsToWhatIsThereNow(capture(sink), sink);
    }

    @Test
    void anOplogThatRollsOverDuringTheScanIsAGap() throws Exception {
        Sandbox sandbox = server.faults();
        MongoCollection<Document> big = big();
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("big"), () -> {
            // Twice, since the copy may look just between an insertion and the trimming, but not again so soon.
            for (String id : List.of("first", "second")) {
                big.insertOne(new Document("_id", id));
                sandbox.trimOplog(1);
            }
        });
        DeploymentException failure = failure(sink);
        assertThat(failure.kind()).isEqualTo(Kind.OPLOG_GAP);
        assertThat(failure.hint()).contains("larger");
    }

    @Test
    void anOplogThatIsShorterThanTheScanIsEnoughWhenItIsReadMeanwhile() throws Exception {
        Sandbox sandbox = server.faults();
        MongoCollection<Document> big = big();
        ChunkSink sink = new ChunkSink();
        sink.afterFirstChunk(path("big"), () -> {
            big.insertMany(documents(MANY, 2000));
            while (sink.chunks(DumpLayout.OPLOG).isEmpty()) {
                Thread.onSpinWait();
            }
            big.insertMany(documents(MANY * 2, 2000));
            long copied = sink.chunks(DumpLayout.OPLOG).size();
            while (sink.chunks(DumpLayout.OPLOG).size() == copied) {
                Thread.onSpinWait();
            }
            sandbox.trimOplog(2000);
        });
        assertLeadsToWhatIsThereNow(capture(sink), sink);
    }

    @Test
    void anotherHistoryDuringTheScanIsARollback() throws Exception {
        Sandbox sandbox = server.faults();
        MongoCollection<Document> big = big();
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("big"), () -> {
            sandbox.rollBackOplog(50);
            insertWhateverHappens(big, new Document("_id", "after"));
        });
        assertThat(failure(sink).kind()).isEqualTo(Kind.ROLLBACK);
    }

    @Test
    void anOplogThatMayNotBeReadStopsTheCapture() throws Exception {
        Sandbox sandbox = server.faults();
        big();
        sandbox.setAccess(Sandbox.Access.OPLOG_DENIED);
        DeploymentException failure = failure(new ChunkSink());
        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(failure.hint()).contains("backup");
    }

    @Test
    void aServerThatStaysAwayEndsTheCaptureWhenPatienceIsOver() throws Exception {
        Sandbox sandbox = server.faults();
        big();
        FullCapture.Options impatient = new FullCapture.Options(Set.of(database.getName()), 2, Duration.ofMillis(200));
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("big"), sandbox::goAway);
        DeploymentException failure = catchThrowableOfType(
                DeploymentException.class,
                () -> new FullCapture(deployment, impatient).run(sink, CaptureProgress.NONE));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        server.comeBack();
    }

    @Test
    void aSinkThatFailsEndsTheCaptureWithItsOwnFailure() {
        big();
        IOException full = new IOException("no space left on device");
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("big"), () -> {
            throw full;
        });
        assertThat(catchThrowable(() -> capture(sink))).isSameAs(full);
    }

    @Test
    void anInterruptEndsTheCapture() throws Exception {
        big();
        Thread capturing = Thread.currentThread();
        ChunkSink sink = new ChunkSink().afterFirstChunk(path("big"), capturing::interrupt);
        assertThat(catchThrowable(() -> capture(sink))).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aStandaloneServerIsCapturedAndTheFindingSaysWhatCannotBePromised() throws Exception {
        try (TestServer standalone =
                        TestServer.sandbox(SandboxOptions.inMemory().asStandalone());
                Deployment single = Deployment.connect(standalone.uri())) {
            MongoDatabase there = standalone.newDatabase();
            there.getCollection("a").insertMany(documents(0, 3000));
            ChunkSink sink = new ChunkSink();
            FullCapture.Result result = new FullCapture(
                            single, options().withDatabases(Set.of(there.getName())), SMALLEST_RANGE)
                    .run(sink, CaptureProgress.NONE);
            assertThat(result.oplog()).isNull();
            assertThat(result.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("no oplog"));
            assertThat(result.collections().getFirst().content())
                    .isEqualTo(Contents.of(single, there)
                            .contents()
                            .values()
                            .iterator()
                            .next());
            assertThat(sink.dump().paths()).doesNotContain(DumpLayout.OPLOG);
        }
    }
}
