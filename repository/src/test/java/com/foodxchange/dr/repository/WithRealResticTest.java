package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithRealResticTest {
    private static final String PASSWORD = "gehé im";

    @TempDir
    Path folder;

    @BeforeEach
    void requireRestic() {
        Restic.require();
    }

    private Restic restic() {
        return new Restic(folder.resolve("repo"), PASSWORD);
    }

    private LocalBlobStore store() {
        return new LocalBlobStore(folder.resolve("repo"));
    }

    @Test
    void resticChecksAndRestoresWhatWeWrote() throws Exception {
        Random random = new Random(1);
        Map<String, List<byte[]>> files = new TreeMap<>();
        files.put(
                "db/a.bson", List.of(Contents.bytes(random, 3_000_000), Contents.bytes(random, 1), new byte[700_000]));
        files.put("db/empty.bson", List.of());
        files.put("db/ü \"odd\" <&>\t\u200b\u00a0\u007f name.json", List.of(new byte[] {'{', '}'}));
        files.put("other/deep/b.bson", List.of(new byte[700_000]));
        byte[] noise = new byte[20 << 20];
        random.nextBytes(noise);
        files.put("z.bson", List.of(noise));
        try (Repository repository = Repository.init(store(), PASSWORD.toCharArray())) {
            Snapshot snapshot = Contents.write(repository, files, Contents.attributes(Contents.TIME, null));
            assertThat(repository.snapshots().snapshots()).containsExactly(snapshot);
        }

        assertThat(restic().run("check", "--read-data")).contains("no errors were found");
        restic().run("restore", "latest", "--target", folder.resolve("out").toString(), "--verify");
        assertThat(filesIn(folder.resolve("out"))).isEqualTo(Contents.joined(files));
        assertThat(restic().run("snapshots")).contains("source:orders");
    }

    @Test
    void weReadWhatResticWrote() throws Exception {
        Random random = new Random(2);
        Path source = folder.resolve("source");
        Map<String, ByteBuffer> files = new TreeMap<>();
        files.put("big.bson", ByteBuffer.wrap(Contents.bytes(random, 9_000_000)));
        files.put("deep/er/small", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        files.put("deep/empty", ByteBuffer.wrap(new byte[0]));
        files.put("deep/ü \"odd\" <&>\t\u200b\u00a0 name", ByteBuffer.wrap(new byte[100_000]));
        for (Map.Entry<String, ByteBuffer> file : files.entrySet()) {
            Path path = source.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().array());
        }
        Files.createSymbolicLink(source.resolve("link"), Path.of("big.bson"));
        restic().run("init");
        restic().run("backup", "--tag", "x", source.toString());

        try (Repository repository = Repository.open(store(), PASSWORD.toCharArray())) {
            Snapshot snapshot = repository.snapshots().snapshots().getFirst();
            String prefix = source.toString().substring(1) + "/";
            Map<String, ByteBuffer> read = new TreeMap<>();
            Contents.read(repository, snapshot)
                    .forEach((path, bytes) -> read.put(path.substring(prefix.length()), bytes));
            assertThat(read).isEqualTo(files);
        }
    }

    @Test
    void resticAndWeAddToTheSameRepositoryWithDifferentPasswords() throws Exception {
        Map<String, List<byte[]>> files = Map.of("db/a.bson", List.of(Contents.bytes(new Random(3), 500_000)));
        try (Repository repository = Repository.init(store(), "first".toCharArray())) {
            repository.addPassword(PASSWORD.toCharArray());
            Contents.write(repository, files, Contents.attributes(Contents.TIME, null));
        }
        Path source = Files.write(folder.resolve("source"), Contents.bytes(new Random(4), 2_000_000));
        restic().run("backup", source.toString());
        try (Repository repository = Repository.open(store(), "first".toCharArray())) {
            Snapshot again = Contents.write(repository, files, Contents.attributes(Contents.TIME, null));
            assertThat(Contents.read(repository, again)).isEqualTo(Contents.joined(files));
        }
        assertThat(restic().run("check", "--read-data")).contains("no errors were found");
        restic().run("prune");
        assertThat(restic().run("check", "--read-data")).contains("no errors were found");
    }

    private static Map<String, ByteBuffer> filesIn(Path folder) throws Exception {
        Map<String, ByteBuffer> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), ByteBuffer.wrap(Files.readAllBytes(path)));
            }
        }
        return files;
    }
}
