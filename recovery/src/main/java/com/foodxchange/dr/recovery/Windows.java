package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.OpTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins chains to windows: full backups on one unbroken chain of slices make one window. */
final class Windows {
    private Windows() {}

    static List<Window> of(List<BackupSnapshot> backups) {
        List<BackupSnapshot> slices = slices(backups);
        List<List<Chain>> groups = new ArrayList<>();
        for (BackupSnapshot full : fulls(backups)) {
            List<Chain> group = groupOf(full, groups);
            if (group == null) {
                group = new ArrayList<>();
                groups.add(group);
            }
            group.add(Chain.from(full, slices));
        }
        return groups.stream()
                .map(Windows::join)
                .sorted(Comparator.comparing(Window::from).thenComparing(Window::to))
                .toList();
    }

    static List<BackupSnapshot> slices(List<BackupSnapshot> backups) {
        return backups.stream().filter(backup -> !backup.full()).toList();
    }

    private static List<BackupSnapshot> fulls(List<BackupSnapshot> backups) {
        return backups.stream()
                .filter(BackupSnapshot::full)
                .sorted(Comparator.comparing(BackupSnapshot::to)
                        .thenComparing(backup -> backup.snapshot().time()))
                .toList();
    }

    private static @Nullable List<Chain> groupOf(BackupSnapshot full, List<List<Chain>> groups) {
        for (List<Chain> group : groups) {
            if (group.stream().anyMatch(chain -> chain.reaches(full))) {
                return group;
            }
        }
        return null;
    }

    private static Window join(List<Chain> chains) {
        List<BackupSnapshot> fulls = chains.stream().map(Chain::full).toList();
        Set<BackupSnapshot> slices = new LinkedHashSet<>();
        chains.forEach(chain -> slices.addAll(chain.slices()));
        OpTime to =
                chains.stream().map(Chain::end).max(Comparator.naturalOrder()).orElseThrow();
        List<BackupSnapshot> inOrder =
                slices.stream().sorted(Comparator.comparing(BackupSnapshot::to)).toList();
        BackupSnapshot first = fulls.getFirst();
        return new Window(first.to(), to, fulls, inOrder, first.set());
    }
}
