package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore;

/**
 * A repository in the format of restic, version 2. Failures of the storage are {@link RepositoryException}s of kind
 * STORAGE everywhere. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Repository implements AutoCloseable {
    private Repository() {}

    /**
     * Makes a new repository.
     *
     * @throws RepositoryException EXISTS if there is one already
     */
    public static Repository init(BlobStore store, char[] password) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens a repository with any of its passwords.
     *
     * @throws RepositoryException NO_REPOSITORY or WRONG_PASSWORD
     */
    public static Repository open(BlobStore store, char[] password) {
        throw new UnsupportedOperationException();
    }

    /** 64 hex digits that tell this repository from all others. */
    public String id() {
        throw new UnsupportedOperationException();
    }

    /** Adds another password. Those that are there stay valid. */
    public void addPassword(char[] password) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a snapshot. Takes a shared lock until the writer is closed.
     *
     * @throws RepositoryException LOCKED if somebody holds an exclusive lock
     */
    public SnapshotWriter newSnapshot() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Every snapshot; reads nothing but the snapshot files. */
    public SnapshotList snapshots() {
        throw new UnsupportedOperationException();
    }

    /**
     * The files of a snapshot. Loads the index, once. Takes no lock, so that read-only replicas can be read.
     *
     * @throws RepositoryException DAMAGED if a tree of the snapshot is
     */
    public SnapshotReader read(Snapshot snapshot) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a lock as restic does, which waits 200 ms.
     *
     * @throws RepositoryException LOCKED, naming the owner, if a lock of somebody else forbids it
     */
    public RepositoryLock lock(RepositoryLock.Mode mode) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes locks whose process is dead or which nobody has refreshed for 30 minutes.
     *
     * @return how many were removed
     */
    public int unlock() {
        throw new UnsupportedOperationException();
    }

    /** Forgets the keys and closes the store. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
