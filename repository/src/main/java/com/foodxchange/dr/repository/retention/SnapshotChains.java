package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.retention.Link.Chain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots need which others, read from the tags {@code source:}, {@code set:}, {@code kind:}, {@code prev:} and
 * {@code to:}. An incremental restores nothing by itself: it needs a full at or before its first change, and
 * incrementals that hold every change in between. Immutable.
 */
public final class SnapshotChains {
    private final Map<String, Link> links = new HashMap<>();
    private final Map<Chain, Members> chains = new HashMap<>();

    public SnapshotChains(Collection<Snapshot> snapshots) {
        Map<Chain, List<Link>> byChain = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            Link link = Link.of(snapshot);
            links.put(snapshot.id(), link);
            byChain.computeIfAbsent(link.chain(), chain -> new ArrayList<>()).add(link);
        }
        byChain.forEach((chain, members) -> chains.put(chain, new Members(members)));
    }

    /**
     * The snapshots that have to be there besides this one to restore every moment it holds, the full first, or, when no
     * full is that old, to restore as many of them as possible. Empty for a snapshot that stands alone and for an
     * incremental whose chain is broken.
     */
    public List<Snapshot> dependsOn(Snapshot snapshot) {
        List<Link> way = wayTo(link(snapshot));
        return way == null ? List.of() : way.stream().map(Link::snapshot).toList();
    }

    /** Whether everything is there that restoring this snapshot takes. */
    public boolean isRestorable(Snapshot snapshot) {
        return wayTo(link(snapshot)) != null;
    }

    static boolean isIncremental(Snapshot snapshot) {
        return Link.of(snapshot).incremental();
    }

    private Link link(Snapshot snapshot) {
        return Objects.requireNonNull(links.get(snapshot.id()), "a snapshot of another list");
    }

    private @Nullable List<Link> wayTo(Link link) {
        if (!link.incremental()) {
            return List.of();
        }
        if (link.prev() == null || link.to() == null) {
            return null;
        }
        Members members = Objects.requireNonNull(chains.get(link.chain()));
        List<Link> way = members.wayTo(link.prev());
        if (way != null) {
            return way;
        }
        Link inside = members.newestBase(link.prev(), link.to());
        return inside == null ? null : List.of(inside);
    }

    /** The snapshots of one chain, in the order in which a restore could use them. */
    private static final class Members {
        private final TreeMap<Position, Link> bases = new TreeMap<>();
        /** By end: of the incrementals that reach this far or farther, the one that starts first. */
        private final TreeMap<Position, Link> earliestStart = new TreeMap<>();

        Members(List<Link> members) {
            TreeMap<Position, Link> byEnd = new TreeMap<>();
            for (Link link : members) {
                Position to = link.to();
                if (to != null && link.isBase()) {
                    bases.merge(to, link, Members::newer);
                } else if (to != null && link.prev() != null) {
                    byEnd.merge(to, link, Members::earlier);
                }
            }
            Link earliest = null;
            for (Map.Entry<Position, Link> entry : byEnd.descendingMap().entrySet()) {
                earliest = earliest == null ? entry.getValue() : earlier(entry.getValue(), earliest);
                earliestStart.put(entry.getKey(), earliest);
            }
        }

        private static Link newer(Link one, Link other) {
            return one.snapshot().time().isBefore(other.snapshot().time()) ? other : one;
        }

        private static Link earlier(Link one, Link other) {
            return start(one).compareTo(start(other)) <= 0 ? one : other;
        }

        private static Position start(Link link) {
            return Objects.requireNonNull(link.prev());
        }

        /** What it takes to restore the place, the full first; null when it cannot be reached. */
        @Nullable
        List<Link> wayTo(Position place) {
            List<Link> way = new ArrayList<>();
            Position reached = place;
            Link base = bases.get(reached);
            while (base == null) {
                Map.Entry<Position, Link> cover = earliestStart.ceilingEntry(reached);
                if (cover == null || start(cover.getValue()).compareTo(reached) >= 0) {
                    return null;
                }
                way.addFirst(cover.getValue());
                base = newestBase(start(cover.getValue()), reached);
                reached = start(cover.getValue());
            }
            way.addFirst(base);
            return way;
        }

        /** The newest full of a moment between the two, both included. */
        @Nullable
        Link newestBase(Position from, Position to) {
            Map.Entry<Position, Link> base = bases.floorEntry(to);
            return base == null || base.getKey().compareTo(from) < 0 ? null : base.getValue();
        }
    }
}
