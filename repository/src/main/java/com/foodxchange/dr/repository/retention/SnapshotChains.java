package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.retention.Link.Line;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots need which others, read from the tags {@code source:}, {@code set:}, {@code db:}, {@code kind:},
 * {@code prev:} with {@code prevterm:} and {@code to:} with {@code term:}. An incremental restores nothing by itself: it
 * needs a full at or before its first change, and incrementals that hold every change in between. Immutable.
 */
public final class SnapshotChains {
    private final Map<String, Link> links = new HashMap<>();
    private final Map<Line, ChainSearch> searches = new HashMap<>();

    public SnapshotChains(Collection<Snapshot> snapshots) {
        Map<Line, List<Link>> lines = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            Link link = Link.of(snapshot);
            links.put(snapshot.id(), link);
            lines.computeIfAbsent(link.line(), line -> new ArrayList<>()).add(link);
        }
        lines.forEach((line, members) -> searches.put(line, new ChainSearch(members)));
    }

    /**
     * The snapshots that have to be there besides this one to restore every moment it holds, the full first, or, when no
     * full is that old, to restore the later ones of them. Empty for a snapshot that stands alone and for an incremental
     * whose chain is broken.
     */
    public List<Snapshot> dependsOn(Snapshot snapshot) {
        List<Link> way = wayTo(snapshot);
        return way == null ? List.of() : way.stream().map(Link::snapshot).toList();
    }

    /** Whether everything is there that restoring this snapshot takes. */
    public boolean isRestorable(Snapshot snapshot) {
        return wayTo(snapshot) != null;
    }

    private @Nullable List<Link> wayTo(Snapshot snapshot) {
        Link link = Objects.requireNonNull(links.get(snapshot.id()), "a snapshot of another list");
        return link.incremental()
                ? Objects.requireNonNull(searches.get(link.line())).wayTo(link)
                : List.of();
    }
}
