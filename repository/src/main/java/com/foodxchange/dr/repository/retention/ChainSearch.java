package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.retention.Link.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds ways from fulls to incrementals among the snapshots of one line. */
final class ChainSearch {
    private static final Comparator<Link> LATEST_FIRST = Comparator.comparing(ChainSearch::place)
            .reversed()
            .thenComparing(link -> !link.isBase())
            .thenComparing(link -> link.snapshot().id());

    private final TreeMap<Position, List<Link>> byEnd = new TreeMap<>();

    ChainSearch(List<Link> members) {
        for (Link link : members) {
            if (link.to() != null) {
                byEnd.computeIfAbsent(place(link), place -> new ArrayList<>()).add(link);
            }
        }
    }

    /** What the changes need besides themselves, the full first; null when nothing leads to them. */
    @Nullable
    List<Link> wayTo(Link changes) {
        End prev = changes.prev();
        if (prev == null || changes.to() == null) {
            return null;
        }
        Search search = new Search(prev.place());
        search.reach(changes);
        return search.run();
    }

    private List<Link> before(Link changes) {
        List<Link> found = new ArrayList<>();
        End prev = changes.prev();
        if (prev != null && prev.place().compareTo(place(changes)) < 0) {
            for (List<Link> ends : byEnd.subMap(prev.place(), place(changes)).values()) {
                ends.stream().filter(link -> changes.continues(end(link))).forEach(found::add);
            }
        }
        return found;
    }

    private static End end(Link link) {
        return Objects.requireNonNull(link.to());
    }

    private static Position place(Link link) {
        return end(link).place();
    }

    /**
     * Goes back from the changes, always on with what ends last. What a link continues ends before the link does, so the
     * first full that comes up is the newest that leads to the changes.
     */
    private final class Search {
        private final Position start;
        private final PriorityQueue<Link> open = new PriorityQueue<>(LATEST_FIRST);
        private final Map<String, Link> next = new HashMap<>();

        @Nullable
        private Link insideChanges;

        Search(Position start) {
            this.start = start;
        }

        void reach(Link link) {
            for (Link before : before(link)) {
                if (next.putIfAbsent(before.snapshot().id(), link) == null) {
                    open.add(before);
                }
            }
        }

        @Nullable
        List<Link> run() {
            for (Link link = open.poll(); link != null; link = open.poll()) {
                if (!link.isBase()) {
                    reach(link);
                } else if (place(link).compareTo(start) <= 0) {
                    return wayFrom(link);
                } else if (insideChanges == null) {
                    // It serves only the moments after it; an older full would serve all.
                    insideChanges = link;
                }
            }
            return insideChanges == null ? null : wayFrom(insideChanges);
        }

        private @Nullable Link after(Link link) {
            return next.get(link.snapshot().id());
        }

        private List<Link> wayFrom(Link base) {
            List<Link> way = new ArrayList<>();
            // The changes themselves are the only link with nothing after it.
            Link link = base;
            for (Link after = after(link); after != null; after = after(link)) {
                way.add(link);
                link = after;
            }
            return way;
        }
    }
}
