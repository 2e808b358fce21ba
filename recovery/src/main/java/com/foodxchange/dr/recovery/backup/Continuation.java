package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.oplog.OplogFollower;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.FullReason;
import com.foodxchange.dr.recovery.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the next slice begins, or why there has to be a full backup instead.
 *
 * @param after the entry to continue after; null when a full backup is due
 * @param reason why it is; null when it is not
 * @param failure what the server said when the chain could not be continued; null when it was not asked
 */
record Continuation(
        @Nullable OpTime after,
        @Nullable FullReason reason,
        @Nullable DeploymentException failure) {
    static Continuation at(OpTime after) {
        return new Continuation(after, null, null);
    }

    static Continuation full(FullReason reason) {
        return new Continuation(null, reason, null);
    }

    /** Looks at the backups, then asks the server whether its oplog still goes on from there. */
    static Continuation find(Backups backups, Origin origin, OplogFollower follower) throws InterruptedException {
        if (origin.set() == null) {
            return full(FullReason.STANDALONE);
        }
        List<OpTime> ends = ends(backups, origin);
        if (ends.isEmpty()) {
            return full(reasonWithoutLine(backups, origin));
        }
        DeploymentException failure = null;
        for (OpTime end : ends) {
            try {
                follower.verifyContinues(end);
                return at(end);
            } catch (DeploymentException e) {
                if (e.kind() != Kind.OPLOG_GAP && e.kind() != Kind.ROLLBACK) {
                    throw e;
                }
                failure = e;
            }
        }
        boolean rollback = failure != null && failure.kind() == Kind.ROLLBACK;
        return new Continuation(null, rollback ? FullReason.ROLLBACK : FullReason.OPLOG_GAP, failure);
    }

    /**
     * The entries that could be continued, the best first: the end of the window before the newest one, so that a full
     * backup taken beside the chain leaves no gap behind it, then the end of the newest window.
     */
    static List<OpTime> ends(Backups backups, Origin origin) {
        List<Window> windows = backups.timeline(origin.source()).windows().stream()
                .filter(window -> origin.sameLine(window.fulls().getFirst()))
                .toList();
        Optional<Window> newest = windows.stream().max(Comparator.comparing(Continuation::lastFull));
        List<OpTime> ends = new ArrayList<>();
        newest.ifPresent(window -> {
            windows.stream()
                    .map(Window::to)
                    .filter(end -> end.compareTo(window.from()) < 0)
                    .max(Comparator.naturalOrder())
                    .ifPresent(ends::add);
            ends.add(window.to());
        });
        return ends;
    }

    private static Instant lastFull(Window window) {
        return window.fulls().stream()
                .map(full -> full.snapshot().time())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static FullReason reasonWithoutLine(Backups backups, Origin origin) {
        List<BackupSnapshot> known = backups.of(origin.source());
        if (known.isEmpty()) {
            return FullReason.FIRST;
        }
        List<BackupSnapshot> fulls = known.stream().filter(BackupSnapshot::full).toList();
        if (fulls.isEmpty()) {
            return FullReason.NO_FULL;
        }
        BackupSnapshot last = fulls.getLast();
        return origin.set() != null && origin.set().equals(last.set())
                ? FullReason.OTHER_DATABASES
                : FullReason.OTHER_SET;
    }
}
