package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.capture.Deployment;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.time.InstantSource;

/** Takes one backup of a deployment. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class Backup {
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
     * @throws com.foodxchange.dr.recovery.RecoveryException NOTHING_TO_CONTINUE when an incremental backup was asked for
     *     and cannot be
     * @throws com.foodxchange.dr.mongo.DeploymentException as reading the deployment throws it; OPLOG_GAP and ROLLBACK
     *     only when an incremental backup was asked for
     * @throws com.foodxchange.dr.repository.RepositoryException as writing the repository throws it
     */
    public BackupResult run(BackupRequest request, BackupProgress progress) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + request);
    }
}
