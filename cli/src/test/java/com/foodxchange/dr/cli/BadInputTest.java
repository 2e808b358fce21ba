package com.foodxchange.dr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.RepositoryLock;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people and servers do wrong: a sentence, a hint, an exit code, and a repository that is as good as before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    @TempDir
    static Path folder;

    private final Shell shell = new Shell();
    private Sandbox sandbox;
    private MongoClient client;

    @BeforeAll
    void backUpSomething() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.inMemory());
        client = MongoClients.create(sandbox.uri());
        insert(0, 500);
        shell.with("DR_REPO", folder.resolve("repository").toString())
                .with("DR_STATE", folder.resolve("state").toString())
                .with("DR_URI", sandbox.uri());
        shell.run("init").done();
        shell.run("backup", "--source", "market").done();
    }

    @AfterAll
    void stop() {
        client.close();
        sandbox.close();
    }

    @AfterEach
    void theRepositoryIsAsGoodAsBefore() {
        sandbox.setAccess(Sandbox.Access.OPEN);
        shell.run("check", "--read-data").done();
    }

    private void insert(int from, int to) {
        List<Document> documents = IntStream.range(from, to)
                .mapToObj(number -> new Document("_id", number).append("amountCents", 100L * number))
                .toList();
        client.getDatabase("foodxchange_experts").getCollection("payments").insertMany(documents);
    }

    @Test
    void aServerThatDoesNotAnswer() {
        String nobody = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1000";

        shell.run("backup", "--uri", nobody).failed(1, "127.0.0.1:1", "");
        shell.run("restore", "--uri", nobody).failed(1, "127.0.0.1:1", "");
    }

    @Test
    void aUserWhoIsNotKnown() {
        String uri = sandbox.uri().replace("mongodb://", "mongodb://nobody:s3cret@");

        Shell.Run run = shell.with("DR_URI", uri).run("backup");
        shell.with("DR_URI", sandbox.uri());

        run.failed(1, "", "");
        assertThat(run.err()).doesNotContain("s3cret");
    }

    @Test
    void aServerThatWantsALogin() {
        sandbox.setAccess(Sandbox.Access.LOGIN_REFUSED);

        shell.run("backup", "--source", "market").failed(1, "", "");
    }

    @Test
    void aUserWhoMayNotReadTheOplog() {
        sandbox.setAccess(Sandbox.Access.OPLOG_DENIED);

        shell.run("backup", "--source", "market").failed(1, "", "");
    }

    @Test
    void aTargetThatIsNotEmpty() {
        shell.run("restore").failed(1, "foodxchange_experts", "--drop");
    }

    @Test
    void aMomentThatNoBackupReaches() {
        shell.run("restore", "--at", "2020-01-01T00:00:00Z", "--drop", "--yes")
                .failed(1, "2020-01-01T00:00:00Z", "nearest");
        shell.run("export", "--at", "2020-01-01T00:00:00Z", "--to", folder.resolve("export"))
                .failed(1, "2020-01-01T00:00:00Z", "nearest");
    }

    @Test
    void aSourceThatHasNoBackups() {
        for (String command : List.of("restore", "window", "snapshots")) {
            shell.run(command, "--source", "elsewhere").failed(1, "'elsewhere'", "market");
        }
    }

    @Test
    void aDatabaseThatIsNotInTheBackup() {
        shell.run("restore", "--db", "foodxchange_expert", "--rename", "foodxchange_expert=other")
                .failed(1, "foodxchange_expert", "");
    }

    @Test
    void anOplogThatRolledOverClosesTheWindowAndSaysWhy() {
        insert(1_000, 1_200);
        sandbox.trimOplog(10);

        shell.run("backup", "--source", "market", "--kind", "incremental").failed(1, "oplog", "full");
        shell.run("backup", "--source", "market").done();
        assertThat(shell.run("window").done().out()).contains("gap").contains("roll");
    }

    @Test
    void aRepositoryThatSomebodyElseHasLocked() throws IOException, InterruptedException {
        LocalBlobStore store = new LocalBlobStore(folder.resolve("repository"));
        try (Repository other = Repository.open(store, Shell.PASSWORD.toCharArray());
                RepositoryLock lock = other.lock(RepositoryLock.Mode.EXCLUSIVE)) {
            assertThat(lock).isNotNull();
            shell.run("backup", "--source", "market", "--kind", "full").failed(11, "lock", "");
        }
    }

    @Test
    void aFolderThatHoldsARepositoryAlready() {
        shell.run("init").failed(1, "there is a repository", "");
    }

    @Test
    void anExportIntoAFolderThatIsNotEmpty() {
        shell.run("export", "--to", folder).failed(1, "empty", "");
    }

    @Test
    void aTargetWhoseNameWasNotTyped() {
        Shell person = new Shell()
                .with("DR_REPO", folder.resolve("repository").toString())
                .with("DR_STATE", folder.resolve("state").toString())
                .with("DR_URI", sandbox.uri())
                .typing("something else");

        Shell.Run run = person.run("restore", "--drop");

        run.failed(2, "not confirmed", "'sandbox'");
        assertThat(run.out()).contains("foodxchange_experts.payments", "replace");
    }
}
