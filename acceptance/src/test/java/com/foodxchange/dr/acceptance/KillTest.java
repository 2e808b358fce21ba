package com.foodxchange.dr.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.repository.BlobStream;
import com.foodxchange.dr.repository.FileEntry;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.SnapshotReader;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes of the command are killed (SIGKILL) at random moments of what they do. After each kill every snapshot that
 * was there is still there, whole, and the repository is valid; in the end everything goes on as if nothing had happened.
 */
class KillTest {
    private static final int KILLS = 50;
    private static final String PASSWORD = "kill test";

    @TempDir
    private Path directory;

    private final Random random = new Random(Long.getLong("dr.test.seed", 7));

    @SuppressWarnings("NullAway.Init")
    private ProtectedDeployment deployment;

    @SuppressWarnings("NullAway.Init")
    private RandomOperations operations;

    @SuppressWarnings("NullAway.Init")
    private Path repository;

    @BeforeEach
    void start() throws Exception {
        deployment = new ProtectedDeployment();
        operations = new RandomOperations(
                deployment.deployment().client(), deployment.databases(), deployment.real(), random.nextLong());
        operations.run(3000);
        repository = directory.resolve("repository");
        assertThat(run("init")).isZero();
        assertThat(run("backup", "--kind", "full")).isZero();
    }

    @AfterEach
    void stop() {
        deployment.close();
    }

    @Test
    void aKillAtAnyMomentLeavesEveryEarlierBackupIntact() throws Exception {
        int killed = 0;
        for (int round = 0; killed < KILLS; round++) {
            assertThat(round).as("rounds, most of which end with a kill").isLessThan(3 * KILLS);
            operations.run(60);
            List<String> command = command();
            boolean forgets = command.getFirst().equals("forget");
            Set<String> before = snapshots();
            killed += killAtRandom(command) ? 1 : 0;
            Set<String> after = snapshots();
            if (!forgets) {
                assertThat(after).as("after %s", command).containsAll(before);
            }
            assertEverySnapshotReads();
            if (round % 5 == 0) {
                assertThat(run("check")).as("check after %s", command).isZero();
            }
        }
        assertThat(run("backup")).isZero();
        assertThat(run("prune", "--yes")).isZero();
        assertThat(run("check", "--read-data")).isZero();
        assertThat(run(restore())).isZero();
    }

    /** What is done in a round; restores go into a database of their own that is dropped and filled again. */
    private List<String> command() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> List.of("backup", "--kind", "full");
            case 3, 4, 5 -> List.of("backup");
            case 6 -> List.of("capture", "--every", "1s");
            case 7 -> List.of("forget", "--keep-last", "6", "--yes");
            case 8 -> List.of("prune", "--yes");
            default -> List.of(restore());
        };
    }

    private String[] restore() {
        String database = deployment.databases().getFirst();
        return new String[] {
            "restore", "--db", database, "--rename", database + "=" + database + "_r", "--drop", "--yes"
        };
    }

    /** Whether the process was still running when it was killed. */
    private boolean killAtRandom(List<String> command) throws Exception {
        Process process = start(command.toArray(String[]::new));
        boolean ended = process.waitFor(300 + random.nextInt(1800), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    private int run(String... arguments) throws Exception {
        int exit = start(arguments).waitFor();
        if (exit != 0) {
            System.err.println(String.join(" ", arguments) + ": " + Files.readString(log()));
        }
        return exit;
    }

    private Path log() {
        return directory.resolve("log");
    }

    private Process start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.foodxchange.dr.cli.Main"));
        line.addAll(List.of(arguments));
        if (Set.of("backup", "capture").contains(arguments[0])) {
            deployment.databases().forEach(database -> line.addAll(List.of("--db", database)));
        }
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("DR_PASSWORD", PASSWORD);
        builder.environment().put("DR_REPO", repository.toString());
        builder.environment().put("DR_URI", deployment.uri());
        builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
        File log = log().toFile();
        return builder.redirectErrorStream(true).redirectOutput(log).start();
    }

    private Set<String> snapshots() throws Exception {
        try (Repository open = open()) {
            assertThat(open.snapshots().unreadable()).isEmpty();
            return open.snapshots().snapshots().stream()
                    .map(Snapshot::id)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void assertEverySnapshotReads() throws Exception {
        try (Repository open = open()) {
            for (Snapshot snapshot : open.snapshots().snapshots()) {
                SnapshotReader reader = open.read(snapshot);
                for (FileEntry file : reader.files()) {
                    assertThat(length(reader, file)).as(file.path()).isEqualTo(file.size());
                }
            }
        }
    }

    private static long length(SnapshotReader reader, FileEntry file) throws Exception {
        long length = 0;
        try (BlobStream blobs = reader.open(file.path())) {
            for (byte[] blob = blobs.next(); blob != null; blob = blobs.next()) {
                length += blob.length;
            }
        }
        return length;
    }

    private Repository open() throws IOException {
        return Repository.open(new LocalBlobStore(repository), PASSWORD.toCharArray());
    }
}
