package com.foodxchange.dr.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.repository.BlobStream;
import com.foodxchange.dr.repository.FileEntry;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.SnapshotReader;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.io.IOException;
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

    @TempDir
    private Path directory;

    private final Random random = new Random(Long.getLong("dr.test.seed", 7));

    @SuppressWarnings("NullAway.Init")
    private ProtectedDeployment deployment;

    @SuppressWarnings("NullAway.Init")
    private RandomOperations operations;

    @SuppressWarnings("NullAway.Init")
    private Path repository;

    @SuppressWarnings("NullAway.Init")
    private DrProcess dr;

    @BeforeEach
    void start() throws Exception {
        deployment = new ProtectedDeployment();
        operations = new RandomOperations(
                deployment.deployment().client(), deployment.databases(), deployment.real(), random.nextLong());
        operations.run(3000);
        repository = directory.resolve("repository");
        dr = new DrProcess(directory, repository, deployment.uri());
        run("init");
        run("backup", "--kind", "full");
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
                run("backup"); // takes away what a killed prune locked, which a check respects
                run("check");
            }
        }
        run("backup", "--kind", "full");
        run("forget", "--keep-last", "1", "--yes");
        run("prune", "--yes");
        run("check", "--read-data");
        run(restore());
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
        Set<String> held = locks();
        Process process = dr.start(withDatabases(command));
        boolean ended = random.nextBoolean()
                ? process.waitFor(300 + random.nextInt(1800), TimeUnit.MILLISECONDS)
                : awaitLock(process, held) || process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    /** Waits until the process holds a lock, so that the kill falls into its work; whether it ended before. */
    private boolean awaitLock(Process process, Set<String> held) throws Exception {
        for (int i = 0; i < 2000 && held.containsAll(locks()); i++) {
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private Set<String> locks() {
        String[] names = repository.resolve("locks").toFile().list();
        return names == null ? Set.of() : Set.of(names);
    }

    private void run(String... arguments) throws Exception {
        DrProcess.Result result = dr.run(withDatabases(List.of(arguments)));
        assertThat(result.exit())
                .as("%s said %s", String.join(" ", arguments), result.output())
                .isZero();
    }

    private List<String> withDatabases(List<String> arguments) {
        List<String> line = new ArrayList<>(arguments);
        if (Set.of("backup", "capture").contains(arguments.getFirst())) {
            deployment.databases().forEach(database -> line.addAll(List.of("--db", database)));
        }
        return line;
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
        return Repository.open(new LocalBlobStore(repository), DrProcess.PASSWORD.toCharArray());
    }
}
