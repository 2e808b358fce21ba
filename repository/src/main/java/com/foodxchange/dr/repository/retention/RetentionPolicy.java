package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to keep of each group of snapshots. A snapshot stays when any rule wants it; see {@link ForgetPlan} for what stays
 * regardless of the rules. A policy without a rule keeps everything.
 *
 * @param counts how many periods that have a snapshot to keep the newest one of, newest first. Counted are snapshots
 *     that stand alone; incrementals only serve the moments between two of them
 * @param within keep every snapshot, incrementals included, that is at most this much older than the newest one; null
 *     for no such rule
 * @param tags keep every snapshot with one of these tags
 */
public record RetentionPolicy(
        Map<Period, Integer> counts, @Nullable Duration within, Set<String> tags) {
    /** The calendar that a count counts in, in UTC; weeks start on Monday. */
    public enum Period {
        /** Every snapshot is a period of its own. */
        LAST,
        HOURLY,
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY;

        /** The same for two snapshots of the same period. */
        String of(Snapshot snapshot) {
            LocalDateTime time = LocalDateTime.ofInstant(snapshot.time(), ZoneOffset.UTC);
            return switch (this) {
                case LAST -> snapshot.id();
                case HOURLY -> time.truncatedTo(ChronoUnit.HOURS).toString();
                case DAILY -> time.toLocalDate().toString();
                case WEEKLY ->
                    time.get(IsoFields.WEEK_BASED_YEAR) + " week " + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                case MONTHLY -> time.getYear() + "-" + time.getMonthValue();
                case YEARLY -> String.valueOf(time.getYear());
            };
        }
    }

    public RetentionPolicy {
        counts = Map.copyOf(counts);
        tags = Set.copyOf(tags);
        if (counts.values().stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("a count is at least 1");
        }
        if (within != null && within.isNegative()) {
            throw new IllegalArgumentException("a duration is not negative");
        }
    }

    /** A policy without a rule, to add rules to. */
    public static RetentionPolicy none() {
        return new RetentionPolicy(Map.of(), null, Set.of());
    }

    /** This and the newest snapshot of each of the {@code count} newest periods. */
    public RetentionPolicy keep(Period period, int count) {
        Map<Period, Integer> more = new EnumMap<>(Period.class);
        more.putAll(counts);
        more.put(period, count);
        return new RetentionPolicy(more, within, tags);
    }

    /** This and every snapshot at most this much older than the newest. */
    public RetentionPolicy keepWithin(Duration duration) {
        return new RetentionPolicy(counts, duration, tags);
    }

    /** This and every snapshot with the tag. */
    public RetentionPolicy keepTag(String tag) {
        Set<String> more = new LinkedHashSet<>(tags);
        more.add(tag);
        return new RetentionPolicy(counts, within, more);
    }

    boolean isEmpty() {
        return counts.isEmpty() && within == null && tags.isEmpty();
    }

    boolean isWithin(Instant time, Instant newest) {
        return within != null && !time.isBefore(newest.minus(within));
    }
}
