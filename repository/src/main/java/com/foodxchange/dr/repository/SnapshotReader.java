package com.foodxchange.dr.repository;

import java.util.List;

/** The files of one snapshot. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class SnapshotReader {
    SnapshotReader() {}

    /** Every regular file, sorted by path. */
    public List<FileEntry> files() {
        throw new UnsupportedOperationException();
    }

    /**
     * The blobs of a file in order. Two files with the same list are the same.
     *
     * @throws RepositoryException INVALID if there is no such file, DAMAGED if the index lacks a blob
     */
    public List<BlobRef> blobs(String path) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads a file from its start.
     *
     * @throws RepositoryException INVALID if there is no such file
     */
    public BlobStream open(String path) {
        throw new UnsupportedOperationException();
    }
}
