package com.foodxchange.dr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    @TempDir
    Path folder;

    @Test
    void damageIsNamedWithTheCollectionsThatItHits() throws IOException {
        Path repository = folder.resolve("repository");
        Shell shell = new Shell().with("DR_REPO", repository.toString());
        shell.run("init").done();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory());
                MongoClient client = MongoClients.create(sandbox.uri())) {
            client.getDatabase("foodxchange_experts").getCollection("payments").insertOne(new Document("_id", 1));
            shell.run("backup", "--uri", sandbox.uri()).done();
        }
        flipByteInLargestPack(repository);

        Shell.Run people = shell.run("check", "--read-data");
        Shell.Run programs = shell.run("check", "--read-data", "-o", "json");

        assertThat(people.exitCode()).isEqualTo(1);
        assertThat(people.out()).contains("problem  data/", "hits snapshot", "HINT:", "can not be restored completely");
        BsonDocument check = programs.result("check");
        assertThat(check.getBoolean("clean").getValue()).isFalse();
        assertThat(check.getArray("hitSnapshots")).hasSize(1);
        assertThat(shell.run("check", "--read-data", "--part", "1/1").exitCode())
                .isEqualTo(1);
    }

    private static void flipByteInLargestPack(Path repository) throws IOException {
        Path pack;
        try (Stream<Path> files = Files.walk(repository.resolve("data"))) {
            pack = files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(pack);
        bytes[20] ^= 1;
        Files.delete(pack);
        Files.write(pack, bytes);
    }
}
