package com.foodxchange.dr.repository;

/** A lock that keeps others away until it is closed; refreshed in the background. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class RepositoryLock implements AutoCloseable {
    /** Whom a lock keeps away. */
    public enum Mode {
        /** Others may read and add, not remove. */
        SHARED,
        /** Nobody else may do anything. */
        EXCLUSIVE
    }

    RepositoryLock() {}

    /** Removes the lock. Does nothing the second time. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
