package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.OpTime;
import org.jspecify.annotations.Nullable;

/**
 * Moments that cannot be restored.
 *
 * @param after the last moment before it that can be restored; null when there is none
 * @param before the first moment after it that can be restored; null when there is none
 * @param message why, one sentence, lower case, no full stop
 */
public record Gap(@Nullable OpTime after, @Nullable OpTime before, Reason reason, String message) {
    /** Why nothing can be restored there. */
    public enum Reason {
        OPLOG_ROLLED_OVER,
        ROLLBACK,
        OTHER_REPLICA_SET,
        OTHER_DATABASES,
        STANDALONE,
        /** A slice is not in the repository any more; later ones are. */
        MISSING_SLICE,
        /** Slices are there and the full backup that they continue is not. */
        MISSING_FULL,
        /** A snapshot cannot be read, and nothing else explains the gap. */
        UNREADABLE_SNAPSHOT,
        /** No incremental backup was taken. */
        NO_SLICE
    }
}
