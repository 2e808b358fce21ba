package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.CursorType;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.RenameCollectionOptions;
import com.mongodb.client.model.Sorts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries as real servers write them: compared with recordings of 4.9 and what 6.0 has beyond. */
class OplogTest {
    private Sandbox sandbox;
    private MongoClient client;
    private MongoDatabase database;
    private MongoCollection<Document> oplog;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.inMemory().withNoopInterval(Duration.ZERO));
        client = MongoClients.create(sandbox.uri());
        database = client.getDatabase("db");
        oplog = client.getDatabase("local").getCollection("oplog.rs");
    }

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }

    private BsonTimestamp last() {
        return time(Objects.requireNonNull(
                oplog.find().sort(Sorts.descending("$natural")).first()));
    }

    private static BsonTimestamp time(Document entry) {
        return Objects.requireNonNull(entry.get("ts", BsonTimestamp.class));
    }

    /** What an action writes, without what differs from run to run. */
    private List<Document> entries(Runnable action) {
        BsonTimestamp before = last();
        action.run();
        List<Document> entries = oplog.find(Filters.gt("ts", before)).into(new ArrayList<>());
        for (Document entry : entries) {
            assertThat(entry).containsEntry("v", 2L).containsEntry("t", 1L).containsKeys("ts", "wall");
            List.of("ts", "t", "v", "wall", "lsid", "txnNumber", "stmtId").forEach(entry::remove);
        }
        return entries;
    }

    private static Document withoutUuid(Document entry) {
        entry.remove("ui");
        return entry;
    }

    private void check(Runnable action, String... expected) {
        assertThat(entries(action).stream().map(OplogTest::withoutUuid).map(Document::toJson))
                .containsExactly(List.of(expected).stream()
                        .map(json -> doc(json).toJson())
                        .toArray(String[]::new));
    }

    @Test
    void documentsAreLogged() {
        MongoCollection<Document> c = database.getCollection("c");
        check(
                () -> c.insertOne(doc("{_id: 1, a: 1, b: {c: [1, 2]}}")),
                "{op: 'c', ns: 'db.$cmd', o: {create: 'c', idIndex: {v: 2, key: {_id: 1}, name: '_id_'}}}",
                "{op: 'i', ns: 'db.c', o: {_id: 1, a: 1, b: {c: [1, 2]}}, o2: {_id: 1}}");
        check(
                () -> c.updateOne(doc("{_id: 1}"), doc("{$set: {'b.c.1': 5, d: 1}, $unset: {a: 1}}")),
                "{op: 'u', ns: 'db.c', o: {$v: 2, diff: {d: {a: false}, i: {d: 1}, sb: {sc: {a: true, u1: 5}}}}, o2: {_id: 1}}");
        check(() -> c.updateOne(doc("{_id: 1}"), doc("{$set: {d: 1}}")));
        check(
                () -> c.replaceOne(doc("{_id: 1}"), doc("{x: 1}")),
                "{op: 'u', ns: 'db.c', o: {_id: 1, x: 1}, o2: {_id: 1}}");
        check(() -> c.deleteOne(doc("{_id: 1}")), "{op: 'd', ns: 'db.c', o: {_id: 1}}");
        check(() -> c.deleteOne(doc("{_id: 1}")));
    }

    @Test
    void aRetryableWriteIsLoggedWithItsSession() {
        BsonTimestamp before = last();
        database.getCollection("c").insertOne(doc("{_id: 1}"));
        Document entry = Objects.requireNonNull(oplog.find(Filters.and(Filters.gt("ts", before), Filters.eq("op", "i")))
                .first());
        assertThat(entry).containsKeys("lsid", "txnNumber").containsEntry("stmtId", 0);
        assertThat(entry.get("lsid", Document.class)).containsKeys("id", "uid");
    }

    @Test
    void collectionsAreLogged() {
        database.getCollection("b").insertOne(doc("{_id: 1}"));
        check(
                () -> database.runCommand(doc("{create: 'a', capped: true, size: 4096}")),
                "{op: 'c', ns: 'db.$cmd', o: {create: 'a', capped: true, size: 4096, "
                        + "idIndex: {v: 2, key: {_id: 1}, name: '_id_'}}}");
        Document change = entries(() -> database.runCommand(doc("{collMod: 'b', validator: {a: 1}}")))
                .getFirst();
        assertThat(change.get("o")).isEqualTo(doc("{collMod: 'b', validator: {a: 1}}"));
        assertThat(change.get("o2", Document.class).get("collectionOptions_old", Document.class))
                .containsOnlyKeys("uuid");
        check(
                () -> database.getCollection("b").drop(),
                "{op: 'c', ns: 'db.$cmd', o: {drop: 'b'}, o2: {numRecords: {$numberLong: '1'}}}");
        check(
                () -> database.drop(),
                "{op: 'c', ns: 'db.$cmd', o: {drop: 'a'}, o2: {numRecords: {$numberLong: '0'}}}",
                "{op: 'c', ns: 'db.$cmd', o: {dropDatabase: 1}}");
    }

    @Test
    void indexesAreLogged() {
        MongoCollection<Document> c = database.getCollection("c");
        database.createCollection("c");
        check(
                () -> c.createIndex(Indexes.ascending("a")),
                "{op: 'c', ns: 'db.$cmd', o: {createIndexes: 'c', v: 2, key: {a: 1}, name: 'a_1'}}");
        c.insertOne(doc("{_id: 1, b: 1}"));
        List<Document> build = entries(() -> c.createIndex(Indexes.ascending("b")));
        assertThat(build)
                .extracting(entry ->
                        entry.get("o", Document.class).keySet().iterator().next())
                .containsExactly("startIndexBuild", "commitIndexBuild");
        for (Document entry : build) {
            Document command = entry.get("o", Document.class);
            assertThat(command).containsKey("indexBuildUUID");
            assertThat(command.getList("indexes", Document.class))
                    .containsExactly(doc("{v: 2, key: {b: 1}, name: 'b_1'}"));
        }
        check(
                () -> c.dropIndex("b_1"),
                "{op: 'c', ns: 'db.$cmd', o: {dropIndexes: 'c', index: 'b_1'}, o2: {v: 2, key: {b: 1}, name: 'b_1'}}");
        Document expiry = Document.parse("{collMod: 'c', index: {name: 'a_1', expireAfterSeconds: 5}}");
        assertThat(entries(() -> database.runCommand(expiry)).getFirst().get("o"))
                .isEqualTo(expiry);
    }

    @Test
    void viewsAreLoggedAsDocuments() {
        database.createView("other", "c", List.of());
        check(
                () -> database.createView("v", "c", List.of(doc("{$match: {a: 1}}"))),
                "{op: 'i', ns: 'db.system.views', o: {_id: 'db.v', viewOn: 'c', pipeline: [{$match: {a: 1}}]}, "
                        + "o2: {_id: 'db.v'}}");
        check(
                () -> database.runCommand(doc("{collMod: 'v', viewOn: 'd', pipeline: []}")),
                "{op: 'u', ns: 'db.system.views', o: {_id: 'db.v', viewOn: 'd', pipeline: []}, o2: {_id: 'db.v'}}");
        check(() -> database.getCollection("v").drop(), "{op: 'd', ns: 'db.system.views', o: {_id: 'db.v'}}");
    }

    @Test
    void renamesAreLogged() {
        database.getCollection("a").insertOne(doc("{_id: 1}"));
        check(
                () -> database.getCollection("a").renameCollection(new MongoNamespace("db.b")),
                "{op: 'c', ns: 'db.$cmd', o: {renameCollection: 'db.a', to: 'db.b', stayTemp: false}}");
        database.getCollection("c").insertOne(doc("{_id: 2}"));
        Document entry = entries(() -> database.getCollection("b")
                        .renameCollection(new MongoNamespace("db.c"), new RenameCollectionOptions().dropTarget(true)))
                .getFirst();
        assertThat(entry.get("o", Document.class)).containsKey("dropTarget");
        assertThat(entry.get("o2")).isEqualTo(new Document("numRecords", 1L));
        List<Document> move =
                entries(() -> database.getCollection("c").renameCollection(new MongoNamespace("other.c")));
        assertThat(move).extracting(each -> each.getString("op")).containsExactly("c", "i", "c", "c");
        assertThat(move.get(1)).containsEntry("fromMigrate", true);
        assertThat(move.get(2).get("o", Document.class)).containsEntry("to", "other.c");
        assertThat(move.get(3).get("o")).isEqualTo(doc("{drop: 'c'}"));
    }

    @Test
    void whatACappedCollectionForgetsIsNotLogged() {
        database.runCommand(doc("{create: 'c', capped: true, size: 4096, max: 2}"));
        List<Document> entries = entries(() -> {
            for (int i = 0; i < 5; i++) {
                database.getCollection("c").insertOne(new Document("_id", i));
            }
        });
        assertThat(entries)
                .extracting(entry -> entry.getString("op"))
                .containsOnly("i")
                .hasSize(5);
    }

    @Test
    void timestampsOnlyGrow() {
        database.getCollection("c")
                .insertMany(java.util.stream.IntStream.range(0, 500)
                        .mapToObj(i -> new Document())
                        .toList());
        List<BsonTimestamp> times = oplog.find().map(OplogTest::time).into(new ArrayList<>());
        assertThat(times).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(500);
    }

    @Test
    void aTailReadsOnAndIsWokenByWhatIsWritten() {
        try (MongoCursor<Document> tail = oplog.find(Filters.gt("ts", last()))
                .cursorType(CursorType.TailableAwait)
                .iterator()) {
            for (int i = 0; i < 300; i++) {
                database.getCollection("c").insertOne(new Document("_id", i));
                Document entry = tail.next();
                if (entry.get("o", Document.class).containsKey("create")) {
                    entry = tail.next();
                }
                assertThat(entry.get("o2")).isEqualTo(new Document("_id", i));
            }
        }
    }

    @Test
    void theOplogIsReadFromAndUpToATime() {
        database.getCollection("c").insertMany(List.of(doc("{_id: 1}"), doc("{_id: 2}"), doc("{_id: 3}")));
        List<BsonTimestamp> times =
                oplog.find(Filters.eq("ns", "db.c")).map(OplogTest::time).into(new ArrayList<>());
        assertThat(times).hasSize(3);
        assertThat(oplog.find(Filters.and(Filters.gte("ts", times.get(0)), Filters.lt("ts", times.get(2)))))
                .hasSize(2);
        assertThat(oplog.find(Filters.and(Filters.gt("ts", times.get(0)), Filters.lte("ts", times.get(2)))))
                .hasSize(2);
        assertThat(oplog.find(Filters.eq("ts", times.get(1)))).hasSize(1);
        assertThat(oplog.find(Filters.gt("ts", last()))).isEmpty();
    }

    @Test
    void aQuietOplogGetsNoOps() throws IOException {
        try (Sandbox quiet = Sandbox.start(SandboxOptions.inMemory().withNoopInterval(Duration.ofMillis(50)));
                MongoClient other = MongoClients.create(quiet.uri());
                MongoCursor<Document> tail = other.getDatabase("local")
                        .getCollection("oplog.rs")
                        .find(Filters.eq("o.msg", "periodic noop"))
                        .cursorType(CursorType.TailableAwait)
                        .iterator()) {
            assertThat(tail.next()).containsEntry("op", "n").containsEntry("ns", "");
            assertThat(tail.next()).containsEntry("op", "n");
        }
    }
}
