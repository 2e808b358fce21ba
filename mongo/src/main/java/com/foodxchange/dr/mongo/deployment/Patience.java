package com.foodxchange.dr.mongo.deployment;

import com.foodxchange.dr.mongo.DeploymentException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Decides whether what failed is tried again: as long as the failure is one that passes and the time since the last
 * success is within bounds. Not thread-safe.
 */
public final class Patience {
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private final String activity;
    private final long limitNanos;
    private final Consumer<String> listener;
    private long failingSince;
    private int failures;

    /**
     * @param activity what is being done, such as {@code "reading the oplog"}
     * @param listener hears each time, in one sentence, why something is tried again
     */
    public Patience(String activity, Duration limit, Consumer<String> listener) {
        this.activity = activity;
        this.limitNanos = limit.toNanos();
        this.listener = listener;
    }

    /** Something that talks to the server and may be done again when it fails. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws InterruptedException;
    }

    /** Does it until it succeeds. */
    public <T> T persist(Deployment deployment, Attempt<T> attempt) throws InterruptedException {
        while (true) {
            try {
                T result = attempt.run();
                succeeded();
                return result;
            } catch (MongoException e) {
                failed(deployment, e);
            }
        }
    }

    /** The next failure starts the time anew. */
    public void succeeded() {
        failures = 0;
    }

    /**
     * Waits a moment, and for a member that can be read.
     *
     * @throws DeploymentException when the failure does not pass, or patience is over
     */
    public void failed(Deployment deployment, MongoException failure) throws InterruptedException {
        failed(deployment, failure, ServerErrors.isTransient(failure));
    }

    public void failed(Deployment deployment, MongoException failure, boolean passes) throws InterruptedException {
        if (failure instanceof MongoInterruptedException
                || Thread.currentThread().isInterrupted()) {
            throw interrupted(failure);
        }
        long now = System.nanoTime();
        if (failures++ == 0) {
            failingSince = now;
        }
        long left = limitNanos - (now - failingSince);
        if (!passes || left <= 0) {
            throw ServerErrors.translate(activity, failure);
        }
        listener.accept(activity + " is tried again: " + ServerErrors.reason(failure));
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 6));
        TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(pause)));
        deployment.chooseMember();
    }

    private static InterruptedException interrupted(MongoException failure) {
        InterruptedException interruption = new InterruptedException("interrupted while talking to the server");
        interruption.initCause(failure);
        return interruption;
    }
}
