package com.foodxchange.dr.mongo.restore;

import java.time.Duration;

/**
 * What a restore may do to its target.
 *
 * @param drop whether what is there may be replaced; without it a target that is not empty is refused
 * @param users whether users and roles are put back
 * @param replaceWholeDatabases whether collections that the moment does not have are removed from the restored
 *     databases, so that they are as they were; without it only the restored collections are touched
 * @param writers insert commands on their way at the same time, over all collections
 * @param patience how long an unreachable target is waited for before the restore fails; an election takes some 10 s
 */
public record RestoreOptions(
        boolean drop, boolean users, boolean replaceWholeDatabases, int writers, Duration patience) {
    /** As many writers as keep a server busy while it replicates, without making its other clients wait. */
    public static final int DEFAULT_WRITERS = 4;

    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

    public RestoreOptions {
        if (writers < 1 || writers > 64) {
            throw new IllegalArgumentException("writers must be between 1 and 64, not " + writers);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience must not be negative: " + patience);
        }
    }

    /** Into an empty target, whole databases, without users. */
    public static RestoreOptions defaults() {
        return new RestoreOptions(false, false, true, DEFAULT_WRITERS, DEFAULT_PATIENCE);
    }

    public RestoreOptions withDrop(boolean value) {
        return new RestoreOptions(value, users, replaceWholeDatabases, writers, patience);
    }

    public RestoreOptions withUsers(boolean value) {
        return new RestoreOptions(drop, value, replaceWholeDatabases, writers, patience);
    }

    public RestoreOptions withReplaceWholeDatabases(boolean value) {
        return new RestoreOptions(drop, users, value, writers, patience);
    }

    public RestoreOptions withWriters(int value) {
        return new RestoreOptions(drop, users, replaceWholeDatabases, value, patience);
    }

    public RestoreOptions withPatience(Duration value) {
        return new RestoreOptions(drop, users, replaceWholeDatabases, writers, value);
    }
}
