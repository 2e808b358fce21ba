package com.foodxchange.dr.repository;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** The bytes of one file, blob by blob in order, fetched and verified ahead of the reader. Not thread-safe. */
public interface BlobStream extends Closeable {
    /**
     * The plaintext of the next blob, which the caller owns, or null at the end.
     *
     * @throws RepositoryException DAMAGED when no intact copy of the blob is left, naming blob, packs and path
     */
    byte @Nullable [] next() throws InterruptedException;

    /** Stops reading ahead. */
    @Override
    void close();
}
