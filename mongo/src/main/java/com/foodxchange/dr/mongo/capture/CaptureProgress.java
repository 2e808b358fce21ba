package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;

/** Hears how a capture goes on. Called by many threads at the same time, once a batch, so it has to be quick. */
public interface CaptureProgress {
    /** Nobody listens. */
    CaptureProgress NONE = new CaptureProgress() {};

    /** The catalog is known and the scan begins; {@code expectedBytes} is what the server's statistics say. */
    default void scanStarted(int collections, long expectedBytes) {}

    /** So many more documents and bytes of a collection have been read. */
    default void read(Namespace namespace, long documents, long bytes) {}

    /** Every document of a collection has been read. */
    default void collectionFinished(Namespace namespace) {}

    /** The oplog has been read up to here. */
    default void oplogRead(OpTime upTo) {}

    /** The server does not answer as it should and is tried again; {@code reason} is one sentence. */
    default void retrying(String reason) {}
}
