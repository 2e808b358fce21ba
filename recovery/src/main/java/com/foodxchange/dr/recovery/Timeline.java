package com.foodxchange.dr.recovery;

import com.foodxchange.dr.repository.Damage;
import java.util.List;

/**
 * What can be restored of a source: windows, and gaps between them.
 *
 * @param windows by their start
 * @param gaps in order, each with its reason
 */
public record Timeline(String source, List<Window> windows, List<Gap> gaps) {
    public Timeline {
        windows = List.copyOf(windows);
        gaps = List.copyOf(gaps);
    }

    /**
     * Computes it from what the snapshots' tags tell.
     *
     * @param backups those of the source, in any order
     * @param unreadable snapshot files that nobody knows the source of
     */
    public static Timeline of(String source, List<BackupSnapshot> backups, List<Damage> unreadable) {
        List<Window> windows = Windows.of(backups);
        return new Timeline(source, windows, Gaps.between(windows, backups, unreadable));
    }

    /**
     * The way to a moment: the newest full backup from which slices lead there without a gap.
     *
     * @throws RecoveryException OUTSIDE_WINDOW when there is none; its hint names the nearest moments that there are
     */
    public RestorePoint at(Moment moment) {
        return new MomentSearch(this).find(moment);
    }
}
