package com.foodxchange.dr.repository.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.repository.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotChainsTest {
    private static final String TIME = "2026-11-24T00:00:00Z";
    private final Snapshots make = new Snapshots();

    @Test
    void incrementalNeedsTheFullAndEverySliceBetween() {
        Snapshot full = make.full(TIME, 100);
        Snapshot first = make.slice(TIME, 100, 110);
        Snapshot second = make.slice(TIME, 110, 120);
        Snapshot third = make.slice(TIME, 120, 130);
        SnapshotChains chains = new SnapshotChains(List.of(third, first, full, second));
        assertThat(chains.dependsOn(third)).containsExactly(full, first, second);
        assertThat(chains.dependsOn(first)).containsExactly(full);
        assertThat(chains.dependsOn(full)).isEmpty();
        assertThat(chains.isRestorable(third)).isTrue();
    }

    @Test
    void newerFullMakesOlderSlicesUnnecessary() {
        Snapshot old = make.full(TIME, 100);
        Snapshot first = make.slice(TIME, 100, 110);
        Snapshot newer = make.full(TIME, 110);
        Snapshot second = make.slice(TIME, 110, 120);
        SnapshotChains chains = new SnapshotChains(List.of(old, first, newer, second));
        assertThat(chains.dependsOn(second)).containsExactly(newer);
    }

    @Test
    void sliceAcrossAFullNeedsTheOlderOneForItsEarlyMoments() {
        Snapshot old = make.full(TIME, 100);
        Snapshot across = make.slice(TIME, 100, 110);
        Snapshot inside = make.full(TIME, 105);
        assertThat(new SnapshotChains(List.of(old, across, inside)).dependsOn(across))
                .containsExactly(old);
        assertThat(new SnapshotChains(List.of(across, inside)).dependsOn(across))
                .containsExactly(inside);
    }

    @Test
    void sliceAfterAGapIsNotRestorable() {
        Snapshot full = make.full(TIME, 100);
        Snapshot after = make.slice(TIME, 101, 110);
        SnapshotChains chains = new SnapshotChains(List.of(full, after));
        assertThat(chains.isRestorable(after)).isFalse();
        assertThat(chains.dependsOn(after)).isEmpty();
    }

    @Test
    void otherSourceSetDatabasesOrHistoryIsNoBase() {
        Snapshot slice = make.slice(TIME, 100, 110);
        List<String> full = make.full(TIME, 100).tags();
        List<Snapshot> others = List.of(
                with(full, "source:orders", "source:stock"),
                with(full, "set:rs", "set:rs2"),
                with(full, "from:1.1", "db:shop"),
                with(full, "term:1", "term:2"),
                with(full, "to:100.1", "to:100.0"),
                with(full, "to:100.1", "to:"),
                with(full, "kind:full", "kind:incremental"));
        for (Snapshot other : others) {
            SnapshotChains chains = new SnapshotChains(List.of(other, slice));
            assertThat(chains.isRestorable(slice)).as(other.tags().toString()).isFalse();
        }
        assertThat(new SnapshotChains(List.of(with(full, "", ""), slice)).isRestorable(slice))
                .isTrue();
    }

    private Snapshot with(List<String> tags, String one, String other) {
        return make.snapshot(
                TIME, tags.stream().map(tag -> tag.equals(one) ? other : tag).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 2000, 3000})
    void waysAreWhatTryingEveryWayFinds(int firstSeed) {
        for (int seed = firstSeed; seed < firstSeed + 100; seed++) {
            List<Snapshot> all = Snapshots.random(new Random(seed));
            SnapshotChains chains = new SnapshotChains(all);
            for (Snapshot snapshot : all) {
                Link link = Link.of(snapshot);
                if (link.incremental()) {
                    checkWay(link, all, chains);
                } else {
                    assertThat(chains.isRestorable(snapshot)).isTrue();
                }
            }
        }
    }

    private static void checkWay(Link changes, List<Snapshot> all, SnapshotChains chains) {
        List<Link> bases = new ArrayList<>();
        collectBases(changes, all.stream().map(Link::of).toList(), new HashSet<>(), bases);
        assertThat(chains.isRestorable(changes.snapshot())).isEqualTo(!bases.isEmpty());
        List<Snapshot> way = chains.dependsOn(changes.snapshot());
        if (bases.isEmpty()) {
            assertThat(way).isEmpty();
            return;
        }
        Link previous = Link.of(way.getFirst());
        assertThat(place(previous)).isEqualTo(place(bestBase(changes, bases)));
        assertThat(previous.isBase()).isTrue();
        List<Snapshot> rest = new ArrayList<>(way.subList(1, way.size()));
        rest.add(changes.snapshot());
        for (Snapshot snapshot : rest) {
            Link link = Link.of(snapshot);
            assertThat(link.line()).isEqualTo(changes.line());
            assertThat(link.continues(Objects.requireNonNull(previous.to()))).isTrue();
            previous = link;
        }
    }

    /** The newest one that is old enough for all moments, or the newest of all. */
    private static Link bestBase(Link changes, List<Link> bases) {
        Position start = Objects.requireNonNull(changes.prev()).place();
        Comparator<Link> byPlace = Comparator.comparing(SnapshotChainsTest::place);
        return bases.stream()
                .filter(base -> place(base).compareTo(start) <= 0)
                .max(byPlace)
                .or(() -> bases.stream().max(byPlace))
                .orElseThrow();
    }

    private static Position place(Link link) {
        return Objects.requireNonNull(link.to()).place();
    }

    private static void collectBases(Link changes, List<Link> all, Set<String> seen, List<Link> bases) {
        for (Link link : all) {
            if (link.to() != null
                    && link.line().equals(changes.line())
                    && changes.continues(link.to())
                    && seen.add(link.snapshot().id())) {
                if (link.isBase()) {
                    bases.add(link);
                } else {
                    collectBases(link, all, seen, bases);
                }
            }
        }
    }
}
