package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
    @TempDir
    private Path folder;

    private static List<Document> all(MongoClient client, String database, String collection) {
        return client.getDatabase(database).getCollection(collection).find().into(new ArrayList<>());
    }

    @Test
    void aFolderOpenedAgainHasTheSameDataAndHistory() throws IOException {
        List<Document> history;
        List<Document> catalog;
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder));
                MongoClient client = MongoClients.create(sandbox.uri())) {
            MongoDatabase database = client.getDatabase("db");
            database.runCommand(doc("{create: 'capped', capped: true, size: 4096, max: 5}"));
            database.createView("v", "c", List.of(doc("{$match: {n: {$gte: 50}}}")));
            MongoCollection<Document> c = database.getCollection("c");
            c.insertMany(IntStream.range(0, 100)
                    .mapToObj(i -> new Document("_id", i).append("n", i))
                    .toList());
            c.createIndex(doc("{n: 1}"), new IndexOptions().unique(true));
            c.deleteMany(Filters.lt("_id", 10));
            c.updateOne(Filters.eq("_id", 20), doc("{$set: {n: 1000}}"));
            database.getCollection("gone").insertOne(doc("{_id: 1}"));
            database.getCollection("gone").drop();
            history = all(client, "local", "oplog.rs");
            catalog = database.listCollections().into(new ArrayList<>());
        }
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder));
                MongoClient client = MongoClients.create(sandbox.uri())) {
            MongoDatabase database = client.getDatabase("db");
            assertThat(database.listCollections()).containsExactlyInAnyOrderElementsOf(catalog);
            MongoCollection<Document> c = database.getCollection("c");
            assertThat(c.countDocuments()).isEqualTo(90);
            assertThat(c.find(Filters.eq("_id", 20)).first()).isEqualTo(doc("{_id: 20, n: 1000}"));
            assertThat(database.getCollection("v").countDocuments()).isEqualTo(51);
            assertThatThrownBy(() -> c.insertOne(doc("{_id: 500, n: 1000}"))).hasMessageContaining("E11000");
            List<Document> later = all(client, "local", "oplog.rs");
            assertThat(later.subList(0, history.size())).isEqualTo(history);
            // a replica set of one elects itself when it starts
            assertThat(later.subList(history.size(), later.size()))
                    .singleElement()
                    .satisfies(
                            entry -> assertThat(entry).containsEntry("op", "n").containsEntry("t", 2L));
        }
    }

    @Test
    void anAcknowledgedJournaledWriteSurvivesWithoutAClose() throws IOException {
        Path copy = folder.resolve("copy");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("live")));
                MongoClient client = MongoClients.create(sandbox.uri() + "&w=majority")) {
            client.getDatabase("db").getCollection("c").insertOne(doc("{_id: 1}"));
            Files.createDirectories(copy);
            Files.copy(folder.resolve("live/sandbox.mv"), copy.resolve("sandbox.mv"));
        }
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.in(copy));
                MongoClient client = MongoClients.create(sandbox.uri())) {
            assertThat(all(client, "db", "c")).containsExactly(doc("{_id: 1}"));
            assertThat(all(client, "local", "oplog.rs"))
                    .anySatisfy(entry -> assertThat(entry).containsEntry("op", "i"));
        }
    }

    @Test
    void aFolderIsUsedByOneSandboxAtATime() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder))) {
            assertThat(sandbox.port()).isPositive();
            assertThatThrownBy(() -> Sandbox.start(SandboxOptions.in(folder)).close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot open the sandbox file");
        }
    }

    @Test
    void aPortIsUsedByOneSandboxAtATime() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory())) {
            assertThatThrownBy(() -> Sandbox.start(SandboxOptions.inMemory().withPort(sandbox.port()))
                            .close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on port " + sandbox.port());
        }
    }
}
