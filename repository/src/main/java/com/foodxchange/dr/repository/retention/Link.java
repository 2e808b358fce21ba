package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What the tags of a snapshot say about its place in a chain.
 *
 * @param chain snapshots of the same source and replica set continue one another
 * @param incremental whether it holds nothing but changes
 * @param prev after which place the changes start; null for what is not incremental
 * @param to the moment that can be restored with it; null when it has none
 */
record Link(
        Snapshot snapshot,
        Chain chain,
        boolean incremental,
        @Nullable Position prev,
        @Nullable Position to) {
    record Chain(@Nullable String source, @Nullable String set) {}

    static Link of(Snapshot snapshot) {
        boolean incremental = snapshot.tags().contains("kind:incremental");
        String prev = tag(snapshot, "prev:");
        Position start = Position.parse(prev == null ? tag(snapshot, "from:") : prev);
        Chain chain = new Chain(tag(snapshot, "source:"), tag(snapshot, "set:"));
        return new Link(snapshot, chain, incremental, incremental ? start : null, Position.parse(tag(snapshot, "to:")));
    }

    static @Nullable String tag(Snapshot snapshot, String prefix) {
        for (String tag : snapshot.tags()) {
            if (tag.startsWith(prefix)) {
                return tag.substring(prefix.length());
            }
        }
        return null;
    }

    /** Whether a restore can start from it and go on with changes. */
    boolean isBase() {
        return !incremental && to != null;
    }
}
