package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.DeploymentException;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.util.List;

/**
 * Puts collections back into a deployment. They are loaded under temporary names, read back and indexed while what is
 * there stays; then they take its place, all of them at the end. What replaces nothing gets its name at once, so that the
 * most important is back first. One restore at a time may write to a database. Thread-safe.
 */
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
    public RestorePlan plan(List<CollectionContent> contents) throws InterruptedException {
        return new Planner(new Target(target, new Patience(options.patience())), options)
                .draft(contents)
                .plan();
    }

    /**
     * Restores the collections, the most important first. When it is interrupted, or fails, what it has not finished is
     * removed again as far as the target answers; the next restore into the same databases removes the rest.
     *
     * @throws DeploymentException when it could not be done; its hint says what state the target is in
     * @throws IOException when the contents could not be read
     */
    public RestoreReport run(List<CollectionContent> contents) throws IOException, InterruptedException {
        return new RestoreRun(target, options, progress).run(contents);
    }
}
