package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.OpTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A full backup and the slices that continue it without a gap, as far as there are any.
 *
 * @param slices each one starts at or before the end of what precedes it and ends after it
 * @param end the last moment that can be restored with them
 */
record Chain(BackupSnapshot full, List<BackupSnapshot> slices, OpTime end) {
    /** {@code slices}: any slices of the source. */
    static Chain from(BackupSnapshot full, List<BackupSnapshot> slices) {
        NavigableMap<OpTime, List<BackupSnapshot>> byStart = new TreeMap<>();
        for (BackupSnapshot slice : slices) {
            if (slice.sameLine(full) && slice.previous() != null) {
                byStart.computeIfAbsent(slice.previous(), start -> new ArrayList<>())
                        .add(slice);
            }
        }
        List<BackupSnapshot> way = new ArrayList<>();
        OpTime end = full.to();
        for (BackupSnapshot next = next(byStart, end); next != null; next = next(byStart, end)) {
            way.add(next);
            end = next.to();
        }
        return new Chain(full, List.copyOf(way), end);
    }

    /** The one that starts exactly here, or else one that overlaps; of several the one that reaches farthest. */
    private static @Nullable BackupSnapshot next(NavigableMap<OpTime, List<BackupSnapshot>> byStart, OpTime end) {
        BackupSnapshot exact = farthest(byStart.getOrDefault(end, List.of()).stream(), end);
        return exact != null
                ? exact
                : farthest(byStart.headMap(end, false).values().stream().flatMap(List::stream), end);
    }

    private static @Nullable BackupSnapshot farthest(Stream<BackupSnapshot> slices, OpTime end) {
        return slices.filter(slice -> slice.continues(end))
                .max(Comparator.comparing(BackupSnapshot::to))
                .orElse(null);
    }

    /** Whether the moment of another full backup lies on this chain, in the same history. */
    boolean reaches(BackupSnapshot other) {
        return full.sameLine(other)
                && full.to().compareTo(other.to()) <= 0
                && other.to().compareTo(end) <= 0
                && full.to().term() <= other.to().term()
                && other.to().term() <= end.term();
    }
}
