package com.foodxchange.dr.recovery;

import com.foodxchange.dr.recovery.RecoveryException.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** The moment that is wanted back. */
public sealed interface Moment {
    /** The last entry that counts, inclusive; null: as many as there are. */
    @Nullable
    BsonTimestamp limit();

    /** As late as the backups reach. */
    record Latest() implements Moment {
        @Override
        public @Nullable BsonTimestamp limit() {
            return null;
        }

        @Override
        public String toString() {
            return "latest";
        }
    }

    /** Every entry up to the end of that second. */
    record Second(Instant second) implements Moment {
        public Second {
            second = second.truncatedTo(ChronoUnit.SECONDS);
            long seconds = second.getEpochSecond();
            if (seconds < 0 || seconds > 0xffff_ffffL) {
                throw invalid(second.toString(), "take a time between 1970 and 2106, which is what an oplog can hold");
            }
        }

        @Override
        public BsonTimestamp limit() {
            return new BsonTimestamp((int) second.getEpochSecond(), -1);
        }

        @Override
        public String toString() {
            return second.toString();
        }
    }

    /** Every entry up to and including this one. */
    record Entry(BsonTimestamp limit) implements Moment {
        @Override
        public String toString() {
            return Integer.toUnsignedString(limit.getTime()) + "," + Integer.toUnsignedString(limit.getInc());
        }
    }

    Moment LATEST = new Latest();

    /** Seconds and ordinal, as oplog entries are written in messages. */
    Pattern ENTRY = Pattern.compile("(\\d{1,10}),(\\d{1,10})");

    /**
     * Reads {@code latest}, a time as RFC 3339 writes it, or {@code T,I}. Fractions of a second are dropped, since an
     * oplog counts whole seconds.
     *
     * @throws RecoveryException INVALID when it is none of them
     */
    static Moment parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equalsIgnoreCase("latest")) {
            return LATEST;
        }
        Matcher entry = ENTRY.matcher(trimmed);
        try {
            if (entry.matches()) {
                return new Entry(new BsonTimestamp(
                        Integer.parseUnsignedInt(entry.group(1)), Integer.parseUnsignedInt(entry.group(2))));
            }
            String upper = trimmed.toUpperCase(Locale.ROOT).replace(' ', 'T');
            return new Second(OffsetDateTime.parse(upper).toInstant());
        } catch (DateTimeException | NumberFormatException e) {
            throw invalid(
                    text, "write 'latest', a time with its offset such as 2026-11-24T13:05:00Z, or an entry as T,I");
        }
    }

    private static RecoveryException invalid(String text, String hint) {
        return new RecoveryException(Kind.INVALID, "'" + text + "' is no moment", hint);
    }
}
