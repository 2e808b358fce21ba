package com.foodxchange.dr.repository.retention;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place in an oplog as tags tell it: {@code T.I}, seconds since 1970 and ordinal, both unsigned. */
record Position(long seconds, long ordinal) implements Comparable<Position> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,10})[.,](\\d{1,10})");
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::seconds).thenComparingLong(Position::ordinal);

    /** Null when the text is absent or no position. */
    static @Nullable Position parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
                : null;
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
