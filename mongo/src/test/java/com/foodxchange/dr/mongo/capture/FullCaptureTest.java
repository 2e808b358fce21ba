package com.foodxchange.dr.mongo.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FullCaptureTest {
    @TempDir
    private Path spill;

    private TestServer server;
    private Deployment deployment;
    private MongoDatabase database;

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

    private FullCapture.Options options() {
        return FullCapture.Options.standard().withDatabases(Set.of(database.getName()));
    }

    private FullCapture.Result capture(ChunkSink sink) throws Exception {
        return new FullCapture(deployment, options()).run(sink, CaptureProgress.NONE);
    }

    private static List<Document> documents(int from, int count) {
        List<Document> documents = new ArrayList<>();
        for (int at = from; at < from + count; at++) {
            documents.add(new Document("_id", at).append("text", "document " + at + "x".repeat(at % 300)));
        }
        return documents;
    }

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
        MongoCollection<Document> mixed = database.getCollection("mixed ids / of all types");
        for (Object id :
                List.of(new MinKey(), new MaxKey(), 1, 2L, 2.5, "text", new ObjectId(), new Document("a", 1), true)) {
            mixed.insertOne(new Document("_id", id).append("a", 1));
        }

        ChunkSink sink = new ChunkSink();
        FullCapture.Result result = capture(sink);

        assertThat(Contents.merged(result, sink, options().databases(), spill))
                .isEqualTo(Contents.of(deployment, database));
        assertThat(result.findings()).isEmpty();
        assertThat(sink.dump().paths())
                .contains(DumpLayout.PRELUDE, DumpLayout.OPLOG, database.getName() + "/view.metadata.json")
                .doesNotContain(database.getName() + "/view.bson");
        assertThat(sink.dump().size(database.getName() + "/empty.bson")).isZero();
    }
}
