package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.RepositoryException;
import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.RepositoryLock;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.retention.RetentionPolicy.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a policy makes of snapshots: each one is kept or removed, with the reasons. A pure function of snapshots, policy
 * and instant. Regardless of the policy these are kept:
 *
 * <ul>
 *   <li>what a kept incremental depends on, so that no chain inside a kept stretch of time breaks;
 *   <li>per group the newest moment that can be restored, with all that it takes;
 *   <li>snapshots dated after now. They count in no rule, so a wrong clock cannot push good ones out.
 * </ul>
 *
 * @param decisions one for each snapshot, by group, then newest first
 */
public record ForgetPlan(List<Decision> decisions) {
    private static final Comparator<Snapshot> NEWEST_FIRST =
            Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id).reversed();

    public ForgetPlan {
        decisions = List.copyOf(decisions);
    }

    /**
     * Rules count within a group: the backups of one source, with one choice of databases, on one host, with one list of
     * paths. {@code databases} are tags {@code db:}; none means all.
     */
    public record Group(
            String hostname, List<String> paths, @Nullable String source, List<String> databases) {
        static Group of(Snapshot snapshot) {
            return new Group(
                    snapshot.hostname(),
                    snapshot.paths().stream().sorted().toList(),
                    Link.tag(snapshot, "source:"),
                    Link.databases(snapshot));
        }
    }

    /** What becomes of a snapshot; {@code reasons} has at least one, such as {@code daily 2026-11-24}. */
    public record Decision(Snapshot snapshot, Group group, boolean keep, List<String> reasons) {}

    /** Applies the policy. */
    public static ForgetPlan of(Collection<Snapshot> snapshots, RetentionPolicy policy, Instant now) {
        Map<Group, List<Snapshot>> groups = new LinkedHashMap<>();
        snapshots.stream()
                .sorted(NEWEST_FIRST)
                .forEach(snapshot -> groups.computeIfAbsent(Group.of(snapshot), group -> new ArrayList<>())
                        .add(snapshot));
        KeepReasons reasons = new KeepReasons(new SnapshotChains(snapshots));
        groups.values().forEach(group -> applyRules(group, policy, now, reasons));
        List<Decision> decisions = new ArrayList<>();
        groups.forEach((group, members) -> members.forEach(member -> decisions.add(reasons.decide(member, group))));
        return new ForgetPlan(decisions);
    }

    private static void applyRules(
            List<Snapshot> newestFirst, RetentionPolicy policy, Instant now, KeepReasons reasons) {
        List<Snapshot> present = new ArrayList<>();
        for (Snapshot snapshot : newestFirst) {
            if (policy.isEmpty()) {
                reasons.keep(snapshot, "the policy has no rule");
            } else if (snapshot.time().isAfter(now)) {
                reasons.keep(snapshot, "dated in the future");
            } else {
                present.add(snapshot);
            }
        }
        for (Period period : counted(policy)) {
            count(present, period, policy.counts().getOrDefault(period, 0), reasons);
        }
        for (Snapshot snapshot : present) {
            if (policy.isWithin(snapshot.time(), present.getFirst().time())) {
                reasons.keep(snapshot, "within " + policy.within());
            }
            snapshot.tags().stream()
                    .filter(policy.tags()::contains)
                    .forEach(tag -> reasons.keep(snapshot, "tag " + tag));
        }
        keepNewestMoment(present, reasons);
    }

    private static Set<Period> counted(RetentionPolicy policy) {
        Set<Period> periods = EnumSet.noneOf(Period.class);
        periods.addAll(policy.counts().keySet());
        return periods;
    }

    private static void count(List<Snapshot> newestFirst, Period period, int count, KeepReasons reasons) {
        String last = "";
        int left = count;
        for (Snapshot snapshot : newestFirst) {
            String current = period.of(snapshot);
            if (Link.isIncremental(snapshot) || current.equals(last)) {
                continue;
            }
            if (left-- == 0) {
                return;
            }
            last = current;
            reasons.keep(snapshot, period == Period.LAST ? "last " + (count - left) : name(period) + " " + current);
        }
    }

    private static String name(Period period) {
        return period.name().toLowerCase(Locale.ROOT);
    }

    /** By place in the oplog, and by time for what has no place, such as backups of a server without an oplog. */
    private static void keepNewestMoment(List<Snapshot> newestFirst, KeepReasons reasons) {
        List<Snapshot> restorable =
                newestFirst.stream().filter(reasons::isRestorable).toList();
        restorable.stream()
                .filter(snapshot -> Link.of(snapshot).to() != null)
                .max(Comparator.comparing(ForgetPlan::moment).thenComparing(NEWEST_FIRST.reversed()))
                .ifPresent(newest -> reasons.keep(newest, "newest restorable moment"));
        restorable.stream().findFirst().ifPresent(newest -> reasons.keep(newest, "newest"));
    }

    private static Position moment(Snapshot snapshot) {
        return Objects.requireNonNull(Link.of(snapshot).to()).place();
    }

    /**
     * Removes what the plan removes, under an exclusive lock. Their data stays until a prune.
     *
     * @throws RepositoryException LOCKED; INVALID when a snapshot that came since the plan was made needs one that the
     *     plan removes: nothing is removed then
     */
    public void execute(Repository repository) throws InterruptedException {
        if (removed().isEmpty()) {
            return;
        }
        try (RepositoryLock lock = repository.lock(RepositoryLock.Mode.EXCLUSIVE)) {
            requireNothingNewBreaks(repository.snapshots().snapshots());
            repository.forget(lock, removed());
        }
    }

    private void requireNothingNewBreaks(List<Snapshot> now) {
        Set<String> removed = removed().stream().map(Snapshot::id).collect(Collectors.toSet());
        List<Snapshot> after = now.stream()
                .filter(snapshot -> !removed.contains(snapshot.id()))
                .toList();
        SnapshotChains chainsNow = new SnapshotChains(now);
        SnapshotChains chainsAfter = new SnapshotChains(after);
        for (Snapshot snapshot : after) {
            if (!chainsNow.dependsOn(snapshot).equals(chainsAfter.dependsOn(snapshot))) {
                throw new RepositoryException(
                        Kind.INVALID,
                        "a snapshot that came since the plan was made needs one that the plan removes",
                        "make the plan again");
            }
        }
    }

    /** The snapshots to remove. */
    public List<Snapshot> removed() {
        return decisions.stream()
                .filter(decision -> !decision.keep())
                .map(Decision::snapshot)
                .toList();
    }

    /** The snapshots that stay. */
    public List<Snapshot> kept() {
        return decisions.stream().filter(Decision::keep).map(Decision::snapshot).toList();
    }
}
