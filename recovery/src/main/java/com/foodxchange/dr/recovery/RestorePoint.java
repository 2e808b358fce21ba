package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.Finding;
import java.util.List;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * What has to be read to restore a moment.
 *
 * @param full the backup to start from
 * @param slices what is merged into it, in order; they may overlap
 * @param limit the last entry that counts, inclusive; null: all there are
 * @param notes what a person should know about this choice
 */
public record RestorePoint(
        String source,
        Moment moment,
        Window window,
        BackupSnapshot full,
        List<BackupSnapshot> slices,
        @Nullable BsonTimestamp limit,
        List<Finding> notes) {
    public RestorePoint {
        slices = List.copyOf(slices);
        notes = List.copyOf(notes);
    }
}
