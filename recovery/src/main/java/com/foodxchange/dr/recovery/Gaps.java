package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.Gap.Reason;
import com.foodxchange.dr.repository.Damage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains why windows end: what the next full backup says, which slices lead nowhere, which files cannot be read. */
final class Gaps {
    private final List<Damage> unreadable;
    /** Slices that belong to no window, by their start. */
    private final List<BackupSnapshot> stranded;

    private Gaps(List<BackupSnapshot> stranded, List<Damage> unreadable) {
        this.stranded = stranded;
        this.unreadable = unreadable;
    }

    static List<Gap> between(List<Window> windows, List<BackupSnapshot> backups, List<Damage> unreadable) {
        Gaps gaps = new Gaps(stranded(windows, backups), unreadable);
        List<Gap> found = new ArrayList<>();
        if (windows.isEmpty()) {
            gaps.withoutBase(null, null, found);
            return found;
        }
        gaps.withoutBase(null, windows.getFirst(), found);
        for (int i = 1; i < windows.size(); i++) {
            found.add(gaps.explain(windows.get(i - 1), windows.get(i)));
        }
        gaps.atTheEnd(windows.getLast(), found);
        return found;
    }

    private static List<BackupSnapshot> stranded(List<Window> windows, List<BackupSnapshot> backups) {
        Set<BackupSnapshot> used = new HashSet<>();
        windows.forEach(window -> used.addAll(window.slices()));
        return Windows.slices(backups).stream()
                .filter(slice -> !used.contains(slice))
                // What lies within a window was taken twice, and nothing is lost with it.
                .filter(slice -> windows.stream().noneMatch(window -> covers(window, slice)))
                .sorted(Comparator.comparing(Gaps::start))
                .toList();
    }

    private static boolean covers(Window window, BackupSnapshot slice) {
        return Objects.equals(window.set(), slice.set())
                && window.from().compareTo(start(slice)) <= 0
                && slice.to().compareTo(window.to()) <= 0;
    }

    private static OpTime start(BackupSnapshot slice) {
        return Objects.requireNonNull(slice.previous());
    }

    private Gap explain(Window before, Window after) {
        BackupSnapshot full = after.fulls().getFirst();
        BackupSnapshot lost = firstStranded(before, after);
        Reason told = told(full, before);
        if (told != Reason.NO_SLICE && lost == null) {
            return new Gap(before.to(), after.from(), told, text(told, full));
        }
        return lost != null
                ? missing(before.to(), after.from(), lost)
                : withoutSlice(
                        before.to(),
                        after.from(),
                        "no slice was taken between " + before.to() + " and the full " + "backup at " + after.from());
    }

    private static Reason told(BackupSnapshot full, Window before) {
        if (full.set() == null) {
            return Reason.STANDALONE;
        }
        if (!full.set().equals(before.set())) {
            return Reason.OTHER_REPLICA_SET;
        }
        if (!full.databases().equals(before.fulls().getFirst().databases())) {
            return Reason.OTHER_DATABASES;
        }
        FullReason reason = full.reason();
        return reason == null
                ? Reason.NO_SLICE
                : switch (reason) {
                    case OPLOG_GAP -> Reason.OPLOG_ROLLED_OVER;
                    case ROLLBACK -> Reason.ROLLBACK;
                    case OTHER_SET -> Reason.OTHER_REPLICA_SET;
                    case OTHER_DATABASES -> Reason.OTHER_DATABASES;
                    case STANDALONE -> Reason.STANDALONE;
                    case ASKED, FIRST, NO_FULL -> Reason.NO_SLICE;
                };
    }

    private static String text(Reason reason, BackupSnapshot full) {
        return switch (reason) {
            case OPLOG_ROLLED_OVER -> FullReason.OPLOG_GAP.text();
            case ROLLBACK -> FullReason.ROLLBACK.text();
            case OTHER_REPLICA_SET -> "the backup at " + full.to() + " is of another replica set";
            case OTHER_DATABASES -> "the backup at " + full.to() + " is of other databases";
            case STANDALONE -> "a standalone server has no oplog, so only the moments of its full backups are there";
            case MISSING_SLICE, MISSING_FULL, UNREADABLE_SNAPSHOT, NO_SLICE ->
                throw new IllegalArgumentException("" + reason);
        };
    }

    private @Nullable BackupSnapshot firstStranded(Window before, @Nullable Window after) {
        return stranded.stream()
                .filter(slice -> slice.sameLine(before.fulls().getFirst()))
                .filter(slice -> start(slice).compareTo(before.to()) >= 0)
                .filter(slice -> after == null || start(slice).compareTo(after.from()) < 0)
                .findFirst()
                .orElse(null);
    }

    private Gap missing(OpTime after, @Nullable OpTime before, BackupSnapshot lost) {
        String what = "the slice after " + after + " is not in the repository, which the one from " + start(lost)
                + " on continues";
        return unreadable.isEmpty()
                ? new Gap(after, before, Reason.MISSING_SLICE, what)
                : new Gap(after, before, Reason.UNREADABLE_SNAPSHOT, what + "; " + damagedFiles());
    }

    private Gap withoutSlice(OpTime after, OpTime before, String what) {
        return unreadable.isEmpty()
                ? new Gap(after, before, Reason.NO_SLICE, what)
                : new Gap(
                        after, before, Reason.UNREADABLE_SNAPSHOT, what + ", or it cannot be read: " + damagedFiles());
    }

    private String damagedFiles() {
        return unreadable.stream().map(Damage::file).limit(5).collect(Collectors.joining(", ")) + " cannot be read";
    }

    /** Slices that no full backup precedes. */
    private void withoutBase(@Nullable OpTime after, @Nullable Window next, List<Gap> found) {
        stranded.stream()
                .filter(slice -> next == null || slice.to().compareTo(next.from()) <= 0)
                .findFirst()
                .ifPresent(slice -> found.add(new Gap(
                        after,
                        next == null ? null : next.from(),
                        unreadable.isEmpty() ? Reason.MISSING_FULL : Reason.UNREADABLE_SNAPSHOT,
                        "the full backup that the slice from " + start(slice) + " on continues is not in the repository"
                                + (unreadable.isEmpty() ? "" : "; " + damagedFiles()))));
    }

    private void atTheEnd(Window last, List<Gap> found) {
        BackupSnapshot lost = firstStranded(last, null);
        if (lost != null) {
            found.add(missing(last.to(), null, lost));
        } else if (last.slices().isEmpty() && last.ofOneMoment()) {
            found.add(new Gap(
                    last.to(), null, Reason.NO_SLICE, "no slice has been taken since the full backup at " + last.to()));
        }
    }
}
