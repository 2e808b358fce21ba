package com.foodxchange.dr.repository;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how much is under way: whoever wants more waits until something is given back. When one of those who work
 * fails, all who wait or come later get its failure. Thread-safe.
 */
final class Budget {
    private final long limit;
    private long used;
    private @Nullable Throwable failure;

    Budget(long limit) {
        this.limit = limit;
    }

    /** Takes {@code amount}; more than the limit is granted when nothing else is under way. */
    synchronized void acquire(long amount) throws InterruptedException {
        throwFailure();
        while (used > 0 && used + amount > limit) {
            wait();
            throwFailure();
        }
        used += amount;
    }

    synchronized void release(long amount) {
        used -= amount;
        notifyAll();
    }

    /** Waits until nothing is under way. */
    synchronized void awaitIdle() throws InterruptedException {
        throwFailure();
        while (used > 0) {
            wait();
            throwFailure();
        }
    }

    /** The first failure counts. */
    synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    private void throwFailure() {
        switch (failure) {
            case null -> {}
            case RepositoryException e -> throw new RepositoryException(e.kind(), message(e), e.hint(), e);
            case IOException e -> throw RepositoryException.storage("cannot write the snapshot", e);
            case Throwable e -> throw new IllegalStateException("writing the snapshot failed", e);
        }
    }

    private static String message(Throwable e) {
        return String.valueOf(e.getMessage());
    }
}
