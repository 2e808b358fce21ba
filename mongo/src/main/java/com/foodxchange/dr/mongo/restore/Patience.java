package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.deployment.ServerErrors;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import java.time.Duration;

/** Tries again what failed for a reason that passes, such as an election, for as long as one is willing to wait. Thread-safe. */
final class Patience {
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private static final int CURSOR_NOT_FOUND = 43;
    private static final int CURSOR_KILLED = 237;

    private final Duration limit;

    Patience(Duration limit) {
        this.limit = limit;
    }

    /** Something that may have to be tried again. */
    @FunctionalInterface
    interface Attempt<T> {
        /** {@code again}: an earlier attempt got no answer and may have been carried out, wholly or in part. */
        T run(boolean again);
    }

    Duration limit() {
        return limit;
    }

    /**
     * The result of the first attempt that has one.
     *
     * @param activity for the message, such as {@code "inserting into db.collection"}
     * @throws com.foodxchange.dr.mongo.DeploymentException when it failed for good, or for longer than the limit
     */
    <T> T call(String activity, Attempt<T> attempt) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        long deadline = 0;
        boolean again = false;
        while (true) {
            try {
                return attempt.run(again);
            } catch (MongoInterruptedException e) {
                throw interrupted(e);
            } catch (MongoException e) {
                long now = System.nanoTime();
                deadline = again ? deadline : now + limit.toNanos();
                if (!passes(e) || now - deadline >= 0) {
                    throw ServerErrors.translate(activity, e);
                }
                again = true;
            }
            Thread.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    /** A cursor that is gone is no reason to give up either: whoever reads starts again. */
    private static boolean passes(MongoException failure) {
        return failure.getCode() == CURSOR_NOT_FOUND
                || failure.getCode() == CURSOR_KILLED
                || ServerErrors.isTransient(failure);
    }

    private static InterruptedException interrupted(MongoInterruptedException cause) {
        InterruptedException interrupted = new InterruptedException("interrupted while the server was working");
        interrupted.initCause(cause);
        return interrupted;
    }
}
