package com.foodxchange.dr.mongo;

import java.io.IOException;

/** A collection at a moment: what it is, and its documents as a stream that can be read again. */
public interface CollectionContent {
    CollectionSpec spec();

    /** About how many bytes {@link #forEach} will deliver, for progress. */
    long expectedBytes();

    /**
     * Delivers every document once, in natural order for a capped collection. May be called again; two collections may
     * be read at the same time, one collection by one thread at a time.
     *
     * @throws DeploymentException when the bytes are not what they have to be
     */
    void forEach(DocumentConsumer consumer) throws IOException, InterruptedException;
}
