package com.foodxchange.dr.mongo;

import org.bson.BsonTimestamp;

/**
 * The place of an entry in the oplog: its timestamp and the term of the primary that wrote it. Within one history the
 * timestamp alone orders entries; the term tells two histories apart after a rollback.
 */
public record OpTime(BsonTimestamp ts, long term) implements Comparable<OpTime> {
    public static OpTime of(long seconds, int ordinal, long term) {
        return new OpTime(new BsonTimestamp((int) seconds, ordinal), term);
    }

    /** Seconds since 1970-01-01T00:00:00Z, unsigned 32 bits. */
    public long seconds() {
        return Integer.toUnsignedLong(ts.getTime());
    }

    public int ordinal() {
        return ts.getInc();
    }

    @Override
    public int compareTo(OpTime other) {
        return ts.compareTo(other.ts);
    }

    /** The form that {@code --at} takes: {@code T,I}. */
    @Override
    public String toString() {
        return seconds() + "," + Integer.toUnsignedString(ordinal());
    }
}
