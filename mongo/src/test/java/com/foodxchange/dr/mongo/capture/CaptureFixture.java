package com.foodxchange.dr.mongo.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.TestServer;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.oplog.OplogFileWriter;
import com.foodxchange.dr.mongo.oplog.OplogFollower;
import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server, a connection to it and a database to capture, for each test. */
abstract class CaptureFixture {
    /** So small that a few megabytes are split. */
    static final long SMALLEST_RANGE = 1 << 20;

    @TempDir
    private Path spill;

    TestServer server;
    Deployment deployment;
    MongoDatabase database;

    @BeforeEach
    void connect() throws Exception {
        server = TestServer.start();
        deployment = Deployment.connect(server.uri());
        database = server.newDatabase();
    }

    @AfterEach
    void disconnect() {
        deployment.close();
        server.close();
    }

    FullCapture.Options options() {
        return new FullCapture.Options(Set.of(database.getName()), 3, Duration.ofSeconds(30));
    }

    FullCapture.Result capture(ChunkSink sink) throws Exception {
        return new FullCapture(deployment, options(), SMALLEST_RANGE).run(sink, CaptureProgress.NONE);
    }

    String path(String collection) {
        return database.getName() + "/" + collection + ".bson";
    }

    /** Reads the oplog from the capture's end to now, and compares all of it with what the server holds. */
    void assertLeadsToWhatIsThereNow(FullCapture.Result result, ChunkSink sink) throws Exception {
        ChunkSink slice = new ChunkSink();
        try (OplogFileWriter writer =
                new OplogFileWriter(slice.create(DumpLayout.OPLOG).nextPart())) {
            new OplogFollower(deployment, options().databases(), options().patience())
                    .readUpToMajority(Objects.requireNonNull(result.oplog()).to(), writer);
        }
        assertThat(sink.incidentHappened())
                .as("what was to happen during the scan")
                .isTrue();
        assertThat(Contents.merged(
                        result, sink, List.of(slice.dump()), options().databases(), spill))
                .isEqualTo(Contents.of(deployment, database));
    }

    static List<Document> documents(int from, int count) {
        List<Document> documents = new ArrayList<>();
        for (int at = from; at < from + count; at++) {
            documents.add(document(at, at % 300));
        }
        return documents;
    }

    static Document document(Object id, int padding) {
        return new Document("_id", id).append("text", "of " + id + " ".repeat(padding) + "x".repeat(500));
    }
}
