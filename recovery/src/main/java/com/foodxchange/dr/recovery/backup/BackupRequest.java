package com.foodxchange.dr.recovery.backup;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to back up.
 *
 * @param source the name under which the backups are kept; null: the replica set's name, or the host of a standalone
 * @param databases limits the backup to these; empty: everything but {@code local} and the server's own {@code config}
 * @param choice which kind
 */
public record BackupRequest(@Nullable String source, Set<String> databases, Choice choice) {
    /** Which kind of backup is wanted. */
    public enum Choice {
        /** An incremental one when it continues what is there, otherwise a full one. */
        AUTO,
        FULL,
        INCREMENTAL
    }

    public BackupRequest {
        databases = Set.copyOf(databases);
        if (source != null) {
            Sources.validate(source);
        }
    }
}
