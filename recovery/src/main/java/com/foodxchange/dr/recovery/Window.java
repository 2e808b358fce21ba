package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.OpTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time every moment of which can be restored, both ends included.
 *
 * @param fulls the full backups that it rests on, by the moments that they hold
 * @param slices the slices that continue them, in order
 * @param set the identity of the replica set; null for a standalone server, whose backup is of no exact moment
 */
public record Window(
        OpTime from,
        OpTime to,
        List<BackupSnapshot> fulls,
        List<BackupSnapshot> slices,
        @Nullable String set) {
    public Window {
        fulls = List.copyOf(fulls);
        slices = List.copyOf(slices);
    }

    /** Whether it is the state of one moment, which the dump of a standalone server is not. */
    public boolean ofOneMoment() {
        return set != null;
    }
}
