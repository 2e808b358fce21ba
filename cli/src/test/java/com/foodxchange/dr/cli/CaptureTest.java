package com.foodxchange.dr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
    @TempDir
    Path folder;

    @Test
    void followingStopsInOrderWithEverythingInTheRepository() throws Exception {
        Shell shell = new Shell()
                .with("DR_REPO", folder.resolve("repository").toString())
                .with("DR_STATE", folder.resolve("state").toString());
        shell.run("init").done();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory());
                MongoClient client = MongoClients.create(sandbox.uri())) {
            shell.with("DR_URI", sandbox.uri());
            MongoCollection<Document> payments = client.getDatabase("market").getCollection("payments");
            payments.insertOne(new Document("_id", 0));
            FutureTask<Shell.Run> capture = new FutureTask<>(() -> shell.run("capture", "--every", "1s", "-o", "json"));
            Thread follower = Thread.ofPlatform().start(capture);
            awaitBackups(1, shell);
            payments.insertOne(new Document("_id", "while it is followed"));
            awaitBackups(2, shell);

            follower.interrupt();
            BsonDocument summary = capture.get().done().result("capture");
            shell.run("restore", "--rename", "market=restored").done();

            assertThat(summary.getInt32("fulls").getValue()).isEqualTo(1);
            assertThat(client.getDatabase("restored").getCollection("payments").countDocuments())
                    .isEqualTo(2);
        }
    }

    private static void awaitBackups(int count, Shell shell) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (shell.run("snapshots", "-o", "json")
                        .result("snapshots")
                        .getArray("snapshots")
                        .size()
                < count) {
            assertThat(System.nanoTime()).as("backups within a minute").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void anIntervalBelowASecondMakesNoSense() {
        new Shell().run("capture", "--every", "0s").failed(2, "shorter than a second", "15m");
    }
}
