package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.retention.ForgetPlan.Group;
import com.foodxchange.dr.repository.retention.RetentionPolicy.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Retention as its definition reads: slow, and rule by rule. */
final class PlainRetention {
    private PlainRetention() {}

    static Set<Snapshot> kept(List<Snapshot> all, RetentionPolicy policy, Instant now) {
        Set<Snapshot> kept = new LinkedHashSet<>();
        SnapshotChains chains = new SnapshotChains(all);
        all.stream().filter(snapshot -> snapshot.time().isAfter(now)).forEach(kept::add);
        all.stream().map(Group::of).distinct().forEach(group -> {
            List<Snapshot> members = all.stream()
                    .filter(snapshot -> Group.of(snapshot).equals(group))
                    .filter(snapshot -> !snapshot.time().isAfter(now))
                    .toList();
            policy.counts().forEach((period, count) -> kept.addAll(counted(members, period, count)));
            kept.addAll(otherRules(members, policy));
            kept.addAll(newest(members, chains));
        });
        new ArrayList<>(kept).forEach(snapshot -> kept.addAll(chains.dependsOn(snapshot)));
        return kept;
    }

    private static List<Snapshot> counted(List<Snapshot> members, Period period, int count) {
        List<Snapshot> standing = members.stream()
                .filter(snapshot -> !snapshot.tags().contains("kind:incremental"))
                .toList();
        if (period == Period.LAST) {
            return standing.stream().sorted(byTime().reversed()).limit(count).toList();
        }
        return standing.stream()
                .map(snapshot -> start(period, snapshot))
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .map(start -> standing.stream()
                        .filter(snapshot -> start(period, snapshot).equals(start))
                        .max(byTime())
                        .orElseThrow())
                .toList();
    }

    private static Instant start(Period period, Snapshot snapshot) {
        LocalDate day = snapshot.time().atZone(ZoneOffset.UTC).toLocalDate();
        return switch (period) {
            case LAST -> snapshot.time();
            case HOURLY -> Instant.ofEpochSecond(snapshot.time().getEpochSecond() / 3600 * 3600);
            case DAILY -> midnight(day);
            case WEEKLY -> midnight(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTHLY -> midnight(day.withDayOfMonth(1));
            case YEARLY -> midnight(day.withDayOfYear(1));
        };
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static List<Snapshot> otherRules(List<Snapshot> members, RetentionPolicy policy) {
        Instant newest = members.stream()
                .map(Snapshot::time)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return members.stream()
                .filter(snapshot -> (policy.within() != null
                                && !snapshot.time().plus(policy.within()).isBefore(newest))
                        || snapshot.tags().stream().anyMatch(policy.tags()::contains))
                .toList();
    }

    private static Set<Snapshot> newest(List<Snapshot> members, SnapshotChains chains) {
        Set<Snapshot> newest = new LinkedHashSet<>();
        List<Snapshot> restorable =
                members.stream().filter(chains::isRestorable).toList();
        restorable.stream().max(byTime()).ifPresent(newest::add);
        restorable.stream()
                .filter(snapshot -> place(snapshot) != null)
                .max(Comparator.comparingDouble(PlainRetention::order).thenComparing(byTime()))
                .ifPresent(newest::add);
        return newest;
    }

    private static @Nullable Position place(Snapshot snapshot) {
        return Position.parse(Link.tag(snapshot, "to:"));
    }

    private static double order(Snapshot snapshot) {
        Position place = Objects.requireNonNull(place(snapshot));
        return place.seconds() * 1000.0 + place.ordinal();
    }

    private static Comparator<Snapshot> byTime() {
        return Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id);
    }
}
