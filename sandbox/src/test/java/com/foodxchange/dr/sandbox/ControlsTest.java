package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static com.foodxchange.dr.sandbox.Docs.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.CursorType;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
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

class ControlsTest {
    private Sandbox sandbox;
    private MongoClient client;
    private MongoCollection<Document> collection;
    private MongoCollection<Document> oplog;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.inMemory().withNoopInterval(Duration.ZERO));
        client = MongoClients.create(sandbox.uri());
        collection = client.getDatabase("db").getCollection("c");
        oplog = client.getDatabase("local").getCollection("oplog.rs");
    }

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }

    private List<Document> entries() {
        return oplog.find().into(new ArrayList<>());
    }

    private Document hello() {
        return client.getDatabase("admin").runCommand(doc("{hello: 1}"));
    }

    private MongoClient impatient(String more) {
        return MongoClients.create(sandbox.uri() + "&serverSelectionTimeoutMS=300&connectTimeoutMS=300" + more);
    }

    @Test
    void aNewReplicaSetTellsWhoItIs() {
        Document hello = hello();
        assertThat(hello)
                .containsEntry("setName", "sandbox")
                .containsEntry("isWritablePrimary", true)
                .containsEntry("me", "127.0.0.1:" + sandbox.port())
                .containsKeys("$clusterTime", "operationTime");
        Document last = Objects.requireNonNull(
                oplog.find().sort(Sorts.descending("$natural")).first());
        Document write = hello.get("lastWrite", Document.class);
        assertThat(write.get("majorityOpTime", Document.class))
                .containsEntry("ts", last.get("ts"))
                .containsEntry("t", 1L);
        Document build = client.getDatabase("admin").runCommand(doc("{buildInfo: 1}"));
        assertThat(build).containsEntry("version", "6.0.0");
        Document parameter =
                client.getDatabase("admin").runCommand(doc("{getParameter: 1, featureCompatibilityVersion: 1}"));
        assertThat(parameter.get("featureCompatibilityVersion")).isEqualTo(doc("{version: '6.0'}"));
        Document config = client.getDatabase("admin").runCommand(doc("{replSetGetConfig: 1}"));
        assertThat(config.get("config", Document.class)).containsEntry("_id", "sandbox");
        Document status = client.getDatabase("admin").runCommand(doc("{replSetGetStatus: 1}"));
        assertThat(status).containsEntry("set", "sandbox").containsEntry("myState", 1);
        assertThat(client.getDatabase("admin").runCommand(doc("{serverStatus: 1}")))
                .containsKey("repl");
    }

    @Test
    void aStandaloneHasNoOplog() throws IOException {
        try (Sandbox alone = Sandbox.start(SandboxOptions.inMemory().asStandalone());
                MongoClient other = MongoClients.create(alone.uri())) {
            other.getDatabase("db").getCollection("c").insertOne(doc("{_id: 1}"));
            assertThat(other.getDatabase("admin").runCommand(doc("{hello: 1}")))
                    .doesNotContainKeys("setName", "lastWrite", "operationTime");
            assertThat(other.getDatabase("local").listCollectionNames()).isEmpty();
            assertThatThrownBy(() -> other.getDatabase("admin").runCommand(doc("{replSetGetStatus: 1}")))
                    .hasMessageContaining("not running with --replSet");
            assertThatThrownBy(alone::writeNoop).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aNoOpIsWrittenOnDemand() {
        int before = entries().size();
        sandbox.writeNoop();
        assertThat(entries())
                .hasSize(before + 1)
                .last()
                .satisfies(entry -> assertThat(entry).containsEntry("op", "n"));
    }

    @Test
    void theOplogRollsOver() throws IOException {
        for (int i = 0; i < 50; i++) {
            collection.insertOne(new Document("_id", i));
        }
        try (MongoCursor<Document> tail =
                oplog.find().cursorType(CursorType.TailableAwait).batchSize(2).iterator()) {
            tail.next();
            sandbox.trimOplog(3);
            assertThatThrownBy(() -> {
                        while (tail.hasNext()) {
                            tail.next();
                        }
                    })
                    .isInstanceOfSatisfying(
                            MongoCommandException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(136));
        }
        assertThat(entries())
                .hasSize(3)
                .last()
                .satisfies(entry -> assertThat(entry.get("o2")).isEqualTo(new Document("_id", 49)));
        try (Sandbox small = Sandbox.start(SandboxOptions.inMemory().withOplogEntries(10));
                MongoClient other = MongoClients.create(small.uri())) {
            for (int i = 0; i < 50; i++) {
                other.getDatabase("db").getCollection("c").insertOne(new Document());
            }
            assertThat(other.getDatabase("local").getCollection("oplog.rs").countDocuments())
                    .isEqualTo(10);
        }
    }

    @Test
    void anElectionStartsATermAndEndsCursors() {
        collection.insertOne(doc("{_id: 1}"));
        int before = entries().size();
        MongoCursor<Document> cursor = oplog.find().batchSize(1).iterator();
        cursor.next();
        sandbox.electNewPrimary();
        assertThatThrownBy(() -> {
                    while (cursor.hasNext()) {
                        cursor.next();
                    }
                })
                .isInstanceOf(MongoException.class);
        List<Document> after = entries();
        assertThat(after).hasSize(before + 1);
        assertThat(after.getLast()).containsEntry("t", 2L).containsEntry("o", doc("{msg: 'new primary'}"));
        assertThat(number(hello().get("lastWrite", Document.class).get("opTime", Document.class), "t"))
                .isEqualTo(2);
    }

    @Test
    void aRollbackLeavesAnotherHistory() {
        collection.insertOne(doc("{_id: 1}"));
        List<Document> before = entries();
        BsonTimestamp last = Objects.requireNonNull(before.getLast().get("ts", BsonTimestamp.class));
        collection.insertOne(doc("{_id: 2}"));
        collection.insertOne(doc("{_id: 3}"));
        List<Document> lost = entries().subList(before.size(), before.size() + 2);
        sandbox.rollBackOplog(2);
        assertThat(collection.find()).containsExactly(doc("{_id: 1}"));
        List<Document> later = oplog.find(Filters.gt("ts", last)).into(new ArrayList<>());
        assertThat(later).singleElement().satisfies(entry -> {
            assertThat(entry).containsEntry("t", 2L);
            assertThat(entry.get("ts", BsonTimestamp.class))
                    .isGreaterThan(lost.getLast().get("ts", BsonTimestamp.class));
        });
        assertThat(oplog.find(Filters.eq("ts", lost.getFirst().get("ts")))).isEmpty();
    }

    @Test
    void aServerThatIsGoneComesBackWithItsData() throws IOException {
        collection.insertOne(doc("{_id: 1}"));
        sandbox.goAway();
        try (MongoClient other = impatient("")) {
            assertThatThrownBy(() -> other.getDatabase("db").runCommand(doc("{ping: 1}")))
                    .isInstanceOf(MongoException.class);
        }
        sandbox.comeBack();
        assertThat(collection.find()).containsExactly(doc("{_id: 1}"));
    }

    @Test
    void aWriteIsRetriedOverACutConnectionAndDoneOnce() {
        collection.insertOne(doc("{_id: 1, n: 0}"));
        for (int i = 0; i < 3; i++) {
            sandbox.electNewPrimary();
            collection.updateOne(doc("{_id: 1}"), Updates.inc("n", 1));
        }
        assertThat(collection.find().first()).isEqualTo(doc("{_id: 1, n: 3}"));
    }

    @Test
    void accessIsRefused() {
        sandbox.setAccess(Sandbox.Access.OPLOG_DENIED);
        collection.insertOne(doc("{_id: 1}"));
        assertThatThrownBy(() -> oplog.find().first()).isInstanceOfSatisfying(MongoCommandException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(13);
            assertThat(e.getMessage()).contains("not authorized on local to execute command");
        });
        sandbox.setAccess(Sandbox.Access.LOGIN_REFUSED);
        assertThatThrownBy(() -> collection.find().first())
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(13));
        sandbox.setAccess(Sandbox.Access.OPEN);
        assertThat(collection.countDocuments()).isEqualTo(1);
    }

    @Test
    void aLoginFails() {
        String uri = "mongodb://user:secret@127.0.0.1:" + sandbox.port() + "/?directConnection=true";
        try (MongoClient other = MongoClients.create(uri)) {
            assertThatThrownBy(() -> other.getDatabase("db").runCommand(doc("{ping: 1}")))
                    .isInstanceOf(MongoSecurityException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            MongoCommandException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(18));
        }
    }

    @Test
    void aTransactionIsRefused() {
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            assertThatThrownBy(() -> collection.insertOne(session, doc("{_id: 1}")))
                    .isInstanceOfSatisfying(
                            MongoCommandException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(20));
        }
        assertThat(collection.countDocuments()).isZero();
    }
}
