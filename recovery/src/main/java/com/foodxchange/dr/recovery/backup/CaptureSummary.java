package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What following did.
 *
 * @param upTo the last entry that is in the repository; null when nothing was
 * @param slices incremental backups that were added
 * @param fulls full backups that were added
 */
public record CaptureSummary(
        String source, @Nullable OpTime upTo, long entries, long bytes, int slices, int fulls, Duration total) {}
