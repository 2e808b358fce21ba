package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.restore.RestoreProgress;
import com.foodxchange.dr.recovery.RestorePoint;

/** Hears how far a recovery is. Called from many threads: has to be cheap and thread-safe. */
public interface RecoveryProgress extends RestoreProgress {
    /** Nobody listens. */
    RecoveryProgress NONE = new RecoveryProgress() {};

    /** What will be read is decided. */
    default void chosen(RestorePoint point) {}

    /** So many more bytes of oplog have been read, of about so many in all. */
    default void oplogRead(long bytes, long expectedBytes) {}

    /** Base and oplog are joined: what comes back is known; {@code expectedBytes} is about how much it is. */
    default void joined(int collections, long expectedBytes) {}

    /** A collection was written by an export. */
    default void exported(String namespace) {}
}
