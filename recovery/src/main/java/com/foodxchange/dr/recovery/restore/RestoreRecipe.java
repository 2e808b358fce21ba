package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.repository.Repository;
import com.mongodb.client.MongoClient;
import java.io.IOException;

/** Brings a deployment back to a moment. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class RestoreRecipe {
    private final Repository repository;
    private final Workspace workspace;
    private final RecoveryProgress progress;

    public RestoreRecipe(Repository repository, Workspace workspace, RecoveryProgress progress) {
        this.repository = repository;
        this.workspace = workspace;
        this.progress = progress;
    }

    /**
     * What {@link #run} would do. Reads the backups, and touches nothing in the target.
     *
     * @throws com.foodxchange.dr.recovery.RecoveryException UNKNOWN_SOURCE, OUTSIDE_WINDOW
     * @throws com.foodxchange.dr.mongo.DeploymentException TARGET_NOT_EMPTY, INVALID, and as the target throws it
     */
    public RestorePreview plan(RestoreRequest request, MongoClient target) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + request + target);
    }

    /**
     * Restores and verifies.
     *
     * @param sinceCommand runs since the command was given, for the recovery time
     * @throws com.foodxchange.dr.recovery.RecoveryException UNKNOWN_SOURCE, OUTSIDE_WINDOW
     * @throws com.foodxchange.dr.mongo.DeploymentException when it could not be done; its hint says what state the target
     *     is in
     * @throws com.foodxchange.dr.repository.RepositoryException DAMAGED when a backup cannot be read
     */
    public RecoveryReport run(RestoreRequest request, MongoClient target, Stopwatch sinceCommand)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + request + target + sinceCommand);
    }
}
