package com.foodxchange.dr.recovery.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to follow.
 *
 * @param source as in {@link BackupRequest}
 * @param databases as in {@link BackupRequest}
 * @param every how often what was read goes into the repository
 * @param stateFolder where the spools of this machine lie, each in a folder named by repository and source
 */
public record CaptureRequest(@Nullable String source, Set<String> databases, Duration every, Path stateFolder) {
    public CaptureRequest {
        databases = Set.copyOf(databases);
        if (source != null) {
            Sources.validate(source);
        }
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("an interval of " + every);
        }
    }
}
