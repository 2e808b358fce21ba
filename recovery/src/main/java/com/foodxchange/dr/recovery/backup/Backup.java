package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.oplog.OplogFollower;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.FullReason;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.recovery.RecoveryException.Kind;
import com.foodxchange.dr.recovery.backup.BackupRequest.Choice;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/** Takes one backup of a deployment. */
public final class Backup {
    /** How long a server that went away is waited for; an election takes some 10 s. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Repository repository;
    private final Deployment deployment;
    private final InstantSource clock;

    public Backup(Repository repository, Deployment deployment, InstantSource clock) {
        this.repository = repository;
        this.deployment = deployment;
        this.clock = clock;
    }

    /**
     * Backs up. Until it returns, nothing of the new snapshot is visible.
     *
     * @throws RecoveryException NOTHING_TO_CONTINUE when an incremental backup was asked for and cannot be
     * @throws com.foodxchange.dr.mongo.DeploymentException as reading the deployment throws it; OPLOG_GAP and ROLLBACK
     *     only when an incremental backup was asked for
     * @throws com.foodxchange.dr.repository.RepositoryException as writing the repository throws it
     */
    public BackupResult run(BackupRequest request, BackupProgress progress) throws IOException, InterruptedException {
        String source = Sources.name(request.source(), deployment.topology());
        Origin origin = Origin.of(source, request.databases(), deployment.topology());
        OplogFollower follower = new OplogFollower(deployment, request.databases(), PATIENCE, progress::retrying);
        Continuation continuation = decide(request.choice(), origin, follower);
        OpTime after = continuation.after();
        if (after == null) {
            FullReason reason = continuation.reason() == null ? FullReason.ASKED : continuation.reason();
            progress.decided(BackupKind.FULL, reason.text());
            return new FullBackup(repository, deployment, clock).run(source, request.databases(), reason, progress);
        }
        progress.decided(BackupKind.INCREMENTAL, "it continues the backup that ends at " + after);
        return new SliceWriter(repository, clock)
                .write(origin, after, sink -> follower.readUpToMajority(after, sink), progress);
    }

    private Continuation decide(Choice choice, Origin origin, OplogFollower follower) throws InterruptedException {
        if (choice == Choice.FULL) {
            return Continuation.full(origin.set() == null ? FullReason.STANDALONE : FullReason.ASKED);
        }
        Continuation found = Continuation.find(Backups.list(repository), origin, follower);
        if (choice == Choice.INCREMENTAL && found.reason() != null) {
            if (found.failure() != null) {
                throw found.failure();
            }
            throw new RecoveryException(
                    Kind.NOTHING_TO_CONTINUE,
                    "an incremental backup of '" + origin.source() + "' is not possible: "
                            + found.reason().text(),
                    "take a full one with --kind full, or let --kind auto decide");
        }
        return found;
    }
}
