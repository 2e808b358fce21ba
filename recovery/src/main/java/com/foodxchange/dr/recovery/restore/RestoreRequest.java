package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.restore.RestoreOptions;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.Moment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to bring back.
 *
 * @param source whose backups; null: the only source in the repository
 * @param disaster when the damage happened, for the data loss measured against it; null: when the restore began
 */
public record RestoreRequest(
        @Nullable String source,
        Moment moment,
        Selection selection,
        RestoreOptions options,
        @Nullable Instant disaster) {}
