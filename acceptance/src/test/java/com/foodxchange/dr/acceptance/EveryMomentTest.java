package com.foodxchange.dr.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.restore.RestoreOptions;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.recovery.backup.Backup;
import com.foodxchange.dr.recovery.backup.BackupProgress;
import com.foodxchange.dr.recovery.backup.BackupRequest;
import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.recovery.restore.RecoveryProgress;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import com.foodxchange.dr.recovery.restore.RestoreRecipe;
import com.foodxchange.dr.recovery.restore.RestoreRequest;
import com.foodxchange.dr.recovery.restore.Workspace;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployment on which every kind of operation happens is backed up, fully while writers go on and then incrementally.
 * At some moments nobody writes, and what is there is noted. Each of these moments has to come back exactly: collections,
 * options, indexes, views, and every document byte for byte.
 */
class EveryMomentTest {
    private static final long SEED = Long.getLong("dr.test.seed", 20261124);
    private static final int ROUNDS = 12;

    @TempDir
    private Path directory;

    private record Checkpoint(Moment moment, ProtectedDeployment.Contents contents) {}

    @Test
    void everyNotedMomentComesBackExactly() throws Exception {
        try (ProtectedDeployment protectedDeployment = new ProtectedDeployment();
                Repository repository =
                        Repository.init(new LocalBlobStore(directory.resolve("repository")), "test".toCharArray())) {
            operations(protectedDeployment, SEED).run(400);
            backupWhileOthersWrite(repository, protectedDeployment);
            List<Checkpoint> checkpoints = new ArrayList<>();
            RandomOperations operations = operations(protectedDeployment, SEED + 2);
            for (int round = 0; round < ROUNDS; round++) {
                operations.run(150);
                checkpoints.add(new Checkpoint(
                        new Moment.Entry(
                                protectedDeployment.deployment().lastWrite().ts()),
                        protectedDeployment.contents()));
                operations.run(20);
                if (round % 3 == 2) {
                    BackupResult slice = backup(repository, protectedDeployment, BackupRequest.Choice.AUTO);
                    assertThat(slice.kind()).isEqualTo(BackupKind.INCREMENTAL);
                }
            }
            assertThat(checkpoints)
                    .allSatisfy(checkpoint -> assertThat(documents(checkpoint)).isGreaterThan(100));
            for (Checkpoint checkpoint : checkpoints) {
                System.err.println("CP " + checkpoint.contents.specs().size() + " " + documents(checkpoint) + " "
                        + checkpoint.contents.specs().keySet());
                restoreAndCompare(repository, protectedDeployment, checkpoint);
            }
        }
    }

    private static long documents(Checkpoint checkpoint) {
        return checkpoint.contents.documents().values().stream()
                .mapToLong(ContentHash.Value::count)
                .sum();
    }

    private static RandomOperations operations(ProtectedDeployment deployment, long seed) {
        return new RandomOperations(deployment.deployment().client(), deployment.databases(), deployment.real(), seed);
    }

    private static void backupWhileOthersWrite(Repository repository, ProtectedDeployment deployment) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            RandomOperations operations = operations(deployment, SEED + 1);
            while (!done.get()) {
                operations.run(10);
            }
        });
        try {
            assertThat(backup(repository, deployment, BackupRequest.Choice.FULL).kind())
                    .isEqualTo(BackupKind.FULL);
        } finally {
            done.set(true);
            writer.join();
        }
    }

    private static BackupResult backup(
            Repository repository, ProtectedDeployment deployment, BackupRequest.Choice choice) throws Exception {
        return new Backup(repository, deployment.deployment(), InstantSource.system())
                .run(new BackupRequest("accepted", Set.copyOf(deployment.databases()), choice), BackupProgress.NONE);
    }

    private void restoreAndCompare(Repository repository, ProtectedDeployment deployment, Checkpoint checkpoint)
            throws Exception {
        deployment.dropAbsent(checkpoint.contents);
        RestoreRequest request = new RestoreRequest(
                "accepted",
                checkpoint.moment,
                Selection.EVERYTHING,
                RestoreOptions.defaults().withDrop(true),
                null);
        RecoveryReport report = new RestoreRecipe(repository, new Workspace(directory, 4 << 20), RecoveryProgress.NONE)
                .run(request, deployment.deployment().client(), Stopwatch.start());
        // every server has it, and keeps its own
        assertThat(report.findings())
                .as("findings at %s", checkpoint.moment)
                .extracting(Finding::subject)
                .isSubsetOf("admin.system.version");
        assertThat(report.complete()).isTrue();
        ProtectedDeployment.Contents now = deployment.contents();
        assertThat(now.specs())
                .as("catalog at %s, seed %d", checkpoint.moment, SEED)
                .isEqualTo(checkpoint.contents.specs());
        assertThat(now.documents())
                .as("documents at %s, seed %d", checkpoint.moment, SEED)
                .isEqualTo(checkpoint.contents.documents());
    }
}
