package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.repository.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that holds a backup, as its tags tell.
 *
 * @param set the identity of the replica set that it came from; null for a standalone server
 * @param databases what it was limited to, sorted; empty: everything
 * @param from the oldest oplog entry in it, or where the scan began when that is earlier; its term is not kept
 * @param to the last moment that it holds: for a full backup where it is consistent, for a slice its last entry. For a
 *     standalone server, which has no such moments, the second in which the backup ended
 * @param previous the entry that a slice continues; null for a full backup
 * @param reason why a full backup was taken; null for a slice, and when its tags do not say
 */
public record BackupSnapshot(
        Snapshot snapshot,
        String source,
        BackupKind kind,
        @Nullable String set,
        List<String> databases,
        OpTime from,
        OpTime to,
        @Nullable OpTime previous,
        @Nullable FullReason reason) {
    public BackupSnapshot {
        databases = List.copyOf(databases);
        if ((kind == BackupKind.INCREMENTAL) != (previous != null)) {
            throw new IllegalArgumentException("a slice continues an entry, and nothing else does");
        }
    }

    public boolean full() {
        return kind == BackupKind.FULL;
    }

    /** Whether it is the state of one moment, which the dump of a standalone server is not. */
    public boolean ofOneMoment() {
        return set != null;
    }

    /** Whether slices of the one may continue the other: the same replica set, the same databases. */
    boolean sameLine(BackupSnapshot other) {
        return set != null && set.equals(other.set) && databases.equals(other.databases);
    }

    /**
     * Whether this slice goes on where {@code end} is, in the same history: it may start earlier, since what comes twice
     * is known by its place. In one history the terms never fall.
     */
    boolean continues(OpTime end) {
        return previous != null
                && previous.compareTo(end) <= 0
                && end.compareTo(to) < 0
                && previous.term() <= end.term()
                && end.term() <= to.term();
    }
}
