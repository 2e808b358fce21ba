package com.foodxchange.dr.repository;

import java.io.Closeable;

/**
 * Writes one snapshot: chunks are hashed, deduplicated, compressed, encrypted and packed in the background while the
 * callers bring more. Nothing of it is visible before {@link #commit} returns. A failure of the storage surfaces as
 * {@link RepositoryException} of kind STORAGE from the next call. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SnapshotWriter implements AutoCloseable {
    SnapshotWriter() {}

    /** A file being written. Its bytes are those of its parts, in the order in which the parts were made. */
    public interface FileWriter {
        /** The next part of the file. Parts may be written by different threads at the same time. */
        PartWriter nextPart();
    }

    /** One stretch of a file, written by one thread. The file is complete when every part is closed. */
    public interface PartWriter extends Closeable {
        /**
         * Appends {@code chunk[0, length)} as one blob; the array belongs to the snapshot from now on. Blocks while
         * the pipeline is full. An empty chunk is ignored.
         */
        void write(byte[] chunk, int length) throws InterruptedException;

        @Override
        void close();
    }

    /**
     * Starts a file.
     *
     * @param path relative, with {@code /} between its parts, such as {@code db/collection.bson}
     * @throws RepositoryException INVALID when the path is used already, is a folder of another, or is no such path
     */
    public FileWriter create(String path) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes everything durable: packs, then index, then the snapshot. Called once, after every part was closed.
     *
     * @throws IllegalStateException if a part is still open
     */
    public Snapshot commit(SnapshotAttributes attributes) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** How far it has come; may be asked at any time by any thread. */
    public WriteStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    /** Gives the lock back. Without a commit before it, no trace of the snapshot is visible. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
