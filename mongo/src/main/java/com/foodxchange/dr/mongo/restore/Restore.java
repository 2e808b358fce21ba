package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.DeploymentException;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.util.List;

/** Puts collections back into a deployment. */
@SuppressWarnings("DoNotCallSuggester")
public final class Restore {
    private final MongoClient target;
    private final RestoreOptions options;
    private final RestoreProgress progress;

    public Restore(MongoClient target, RestoreOptions options, RestoreProgress progress) {
        this.target = target;
        this.options = options;
        this.progress = progress;
    }

    /**
     * What {@link #run} would do; touches nothing.
     *
     * @throws DeploymentException TARGET_NOT_EMPTY when something would have to go and {@code drop} is off
     */
    public RestorePlan plan(List<CollectionContent> contents) {
        throw new UnsupportedOperationException(target + " " + options + contents);
    }

    /**
     * Restores the collections, the most important first.
     *
     * @throws DeploymentException when it could not be done; its hint says what state the target is in
     * @throws IOException when the contents could not be read
     */
    public RestoreReport run(List<CollectionContent> contents) throws IOException, InterruptedException {
        throw new UnsupportedOperationException(progress + " " + contents);
    }
}
