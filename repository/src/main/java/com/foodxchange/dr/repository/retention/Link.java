package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tags of a snapshot say about its place in a chain.
 *
 * @param line snapshots of the same line may continue one another
 * @param incremental whether it holds nothing but changes
 * @param prev after which place the changes start; null for what is not incremental
 * @param to the moment that can be restored with it; null when it has none
 */
record Link(
        Snapshot snapshot,
        Line line,
        boolean incremental,
        @Nullable End prev,
        @Nullable End to) {
    /** The same source, replica set and choice of databases. */
    record Line(@Nullable String source, @Nullable String set, List<String> databases) {}

    /** An oplog entry that something ends with; {@code term} -1 when the tags do not tell. */
    record End(Position place, long term) {
        static @Nullable End of(@Nullable String place, @Nullable String term) {
            Position position = Position.parse(place);
            return position == null ? null : new End(position, term(term));
        }

        private static long term(@Nullable String text) {
            return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
        }
    }

    static Link of(Snapshot snapshot) {
        boolean incremental = isIncremental(snapshot);
        End prev = incremental ? End.of(tag(snapshot, "prev:"), tag(snapshot, "prevterm:")) : null;
        Line line = new Line(tag(snapshot, "source:"), tag(snapshot, "set:"), databases(snapshot));
        return new Link(snapshot, line, incremental, prev, End.of(tag(snapshot, "to:"), tag(snapshot, "term:")));
    }

    static boolean isIncremental(Snapshot snapshot) {
        return snapshot.tags().contains("kind:incremental");
    }

    static List<String> databases(Snapshot snapshot) {
        return snapshot.tags().stream()
                .filter(tag -> tag.startsWith("db:"))
                .sorted()
                .toList();
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

    /**
     * Whether the changes go on where {@code end} is, in the same history. They may start earlier, since what comes twice
     * is known by its place; in one history terms never fall.
     */
    boolean continues(End end) {
        return prev != null
                && to != null
                && prev.place().compareTo(end.place()) <= 0
                && end.place().compareTo(to.place()) < 0
                && prev.term() <= end.term()
                && end.term() <= to.term();
    }
}
