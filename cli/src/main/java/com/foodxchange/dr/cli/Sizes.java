package com.foodxchange.dr.cli;

import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.repository.SnapshotSummary;

/**
 * How large a backup is, as its snapshot says: its manifest lies inside and was written before the last blobs were.
 *
 * @param read bytes handed over to the repository
 * @param added of these, what it did not have yet
 * @param stored what these take, compressed and encrypted
 */
record Sizes(long read, long added, long stored) {
    static Sizes of(BackupResult result) {
        SnapshotSummary summary =
                result.snapshot() == null ? null : result.snapshot().snapshot().summary();
        return summary == null
                ? new Sizes(0, 0, 0)
                : new Sizes(summary.totalBytesProcessed(), summary.dataAdded(), summary.dataAddedPacked());
    }
}
