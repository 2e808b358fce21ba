package com.foodxchange.dr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One repository's life: each step goes on from the one before it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CycleTest {
    @TempDir
    static Path folder;

    private final Shell shell = new Shell();
    private Sandbox sandbox;
    private MongoClient client;
    private String beforeTheDrop = "";

    @BeforeAll
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.inMemory());
        client = MongoClients.create(sandbox.uri());
        shell.with("DR_REPO", folder.resolve("repository").toString())
                .with("DR_STATE", folder.resolve("state").toString())
                .with("DR_URI", sandbox.uri());
    }

    @AfterAll
    void stop() {
        client.close();
        sandbox.close();
    }

    private MongoCollection<Document> payments(String database) {
        return client.getDatabase(database).getCollection("payments");
    }

    @Test
    @Order(1)
    void aNewRepositoryIsEmpty() {
        assertThat(shell.run("init", "-o", "json")
                        .done()
                        .result("repository")
                        .getString("id")
                        .getValue())
                .hasSize(64);
        assertThat(shell.run("snapshots").done().out()).contains("no backups yet");
        assertThat(shell.run("window").exitCode()).isEqualTo(1);
        assertThat(shell.run("snapshots", "-o", "json")
                        .done()
                        .result("snapshots")
                        .getArray("snapshots"))
                .isEmpty();
    }

    @Test
    @Order(2)
    void theFirstBackupIsFullAndTheNextOneIsNot() {
        payments("market").createIndex(Indexes.ascending("invoice"), new IndexOptions().unique(true));
        payments("market")
                .insertMany(IntStream.range(0, 300)
                        .mapToObj(number -> new Document("_id", number).append("invoice", "FX-" + number))
                        .toList());

        BsonDocument full = shell.run("backup", "-o", "json").done().result("backup");
        payments("market").insertOne(new Document("_id", 300).append("invoice", "FX-300"));
        Shell.Run second = shell.run("backup").done();

        assertThat(full.getString("kind").getValue()).isEqualTo("full");
        assertThat(full.getArray("collections")).isNotEmpty();
        assertThat(second.out()).contains("incremental backup", "restores up to");
        assertThat(second.err()).isEmpty();
    }

    @Test
    @Order(3)
    void everyMomentUpToTheLastBackupCanBeRestored() {
        payments("market").drop();
        shell.run("backup").done();
        BsonDocument window = shell.run("window", "-o", "json").done().result("windows");

        BsonDocument source = window.getArray("sources").getFirst().asDocument();
        BsonDocument from = source.getArray("windows").getFirst().asDocument().getDocument("from");
        beforeTheDrop =
                from.getNumber("t").longValue() + "," + from.getNumber("i").longValue();
        assertThat(source.getArray("gaps")).isEmpty();
        assertThat(shell.run("snapshots").done().out())
                .contains("full", "incremental")
                .hasLineCount(2 + 3);
        assertThat(shell.run("window").done().out()).contains("1 full, 2 incremental");
    }

    @Test
    @Order(4)
    void aDryRunTellsWhatWouldBeDoneAndTouchesNothing() {
        Shell.Run run = shell.run("restore", "--at", beforeTheDrop, "--dry-run").done();

        assertThat(run.out()).contains("create", "market.payments");
        assertThat(shell.run("restore", "--at", beforeTheDrop, "--dry-run", "-o", "json")
                        .done()
                        .result("plan")
                        .getArray("steps"))
                .isNotEmpty();
        assertThat(client.getDatabase("market").listCollectionNames()).isEmpty();
    }

    @Test
    @Order(5)
    void aCollectionComesBackUnderAnotherNameWithItsIndexes() {
        Shell.Run run = shell.run(
                        "restore",
                        "--at",
                        beforeTheDrop,
                        "--collection",
                        "market.payments",
                        "--rename",
                        "market.payments=rescue.payments")
                .done();

        assertThat(run.out()).contains("rescue.payments", "identical", "recovery time", "data loss");
        assertThat(payments("rescue").countDocuments()).isEqualTo(300);
        assertThat(payments("rescue").listIndexes().into(new ArrayList<>()))
                .anySatisfy(index -> assertThat(index.getBoolean("unique")).isEqualTo(true));
    }

    @Test
    @Order(6)
    void whoeverTypesTheTargetsNameReplacesWhatIsThere() {
        payments("market").insertOne(new Document("_id", "stray"));
        Shell person = new Shell()
                .with("DR_REPO", folder.resolve("repository").toString())
                .with("DR_STATE", folder.resolve("state").toString())
                .with("DR_URI", sandbox.uri())
                .typing("sandbox");

        person.run("restore", "--at", beforeTheDrop, "--db", "market", "--drop").done();

        assertThat(payments("market").countDocuments()).isEqualTo(300);
        assertThat(payments("market").countDocuments(new Document("_id", "stray")))
                .isZero();
    }

    @Test
    @Order(7)
    void anExportIsATreeThatMongorestoreKnows() {
        Path to = folder.resolve("export");

        BsonDocument export = shell.run("export", "--at", beforeTheDrop, "--to", to, "-o", "json")
                .done()
                .result("export");

        assertThat(to.resolve("market/payments.bson")).isNotEmptyFile();
        assertThat(to.resolve("market/payments.metadata.json")).isNotEmptyFile();
        BsonArray collections = export.getArray("collections");
        assertThat(collections)
                .anySatisfy(collection -> assertThat(
                                collection.asDocument().getString("namespace").getValue())
                        .isEqualTo("market.payments"));
    }

    @Test
    @Order(8)
    void whatNoRuleKeepsIsForgottenAndItsRoomFreed() {
        shell.run("backup", "--kind", "full").done();

        Shell.Run plan = shell.run("forget", "--keep-last", "1", "--dry-run").done();
        Shell person = new Shell().with("DR_REPO", folder.resolve("repository").toString());
        person.typing("no").run("forget", "--keep-last", "1").failed(2, "not confirmed", "yes");
        person.typing("yes").run("forget", "--keep-last", "1").done();
        Shell.Run prune =
                shell.run("prune", "--max-unused", "0", "--yes", "-o", "json").done();

        assertThat(plan.out()).contains("remove", "keep", "3 backups would be removed");
        assertThat(prune.result("prune").getBoolean("executed").getValue()).isTrue();
        assertThat(shell.run("snapshots", "-o", "json")
                        .done()
                        .result("snapshots")
                        .getArray("snapshots"))
                .hasSize(1);
        shell.run("check", "--read-data").done();
        assertThat(shell.run("prune", "--max-unused", "0", "--dry-run").done().out())
                .contains("nothing to do");
    }

    @Test
    @Order(9)
    void theNewestMomentStaysWhateverTheRules() {
        List<String> lines = shell.run("forget", "--keep-tag", "none", "--yes")
                .done()
                .out()
                .lines()
                .toList();

        assertThat(lines).anyMatch(line -> line.contains("newest restorable moment"));
        assertThat(lines.getLast()).isEqualTo("nothing to remove");
    }
}
