package com.foodxchange.dr.repository.retention;

import static com.foodxchange.dr.repository.retention.RetentionPolicy.Period.DAILY;
import static com.foodxchange.dr.repository.retention.RetentionPolicy.Period.HOURLY;
import static com.foodxchange.dr.repository.retention.RetentionPolicy.Period.LAST;
import static com.foodxchange.dr.repository.retention.RetentionPolicy.Period.MONTHLY;
import static com.foodxchange.dr.repository.retention.RetentionPolicy.Period.WEEKLY;
import static com.foodxchange.dr.repository.retention.RetentionPolicy.Period.YEARLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.retention.ForgetPlan.Decision;
import com.foodxchange.dr.repository.retention.RetentionPolicy.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ForgetPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private final Snapshots make = new Snapshots();

    private static ForgetPlan plan(RetentionPolicy policy, Snapshot... snapshots) {
        return ForgetPlan.of(List.of(snapshots), policy, NOW);
    }

    private static List<String> reasons(ForgetPlan plan, Snapshot snapshot) {
        return plan.decisions().stream()
                .filter(decision -> decision.snapshot().equals(snapshot))
                .findFirst()
                .map(Decision::reasons)
                .orElseThrow();
    }

    @Test
    void everyPeriodKeepsItsNewest() {
        Snapshot morning = make.full("2026-11-23T06:00:00Z", 10);
        Snapshot noon = make.full("2026-11-23T12:00:00Z", 20);
        Snapshot sameHour = make.full("2026-11-23T12:30:00Z", 21);
        Snapshot today = make.full("2026-11-24T01:00:00Z", 30);
        ForgetPlan daily = plan(RetentionPolicy.none().keep(DAILY, 2), morning, noon, sameHour, today);
        assertThat(daily.kept()).containsExactly(today, sameHour);
        assertThat(reasons(daily, sameHour)).containsExactly("daily 2026-11-23");
        assertThat(reasons(daily, noon)).containsExactly("no rule keeps it");
        assertThat(plan(RetentionPolicy.none().keep(HOURLY, 3), morning, noon, sameHour, today)
                        .kept())
                .containsExactly(today, sameHour, morning);
        assertThat(plan(RetentionPolicy.none().keep(LAST, 3), morning, noon, sameHour, today)
                        .kept())
                .containsExactly(today, sameHour, noon);
    }

    @Test
    void weeksAreThoseOfTheCalendarAcrossTheTurnOfTheYear() {
        Snapshot sunday = make.full("2026-12-27T23:59:59Z", 10);
        Snapshot monday = make.full("2026-12-28T00:00:00Z", 20);
        Snapshot newYear = make.full("2027-01-03T23:00:00Z", 30);
        Snapshot next = make.full("2027-01-04T00:00:00Z", 40);
        Instant later = Instant.parse("2027-02-01T00:00:00Z");
        List<Snapshot> all = List.of(sunday, monday, newYear, next);
        assertThat(ForgetPlan.of(all, RetentionPolicy.none().keep(WEEKLY, 9), later)
                        .kept())
                .containsExactly(next, newYear, sunday);
        assertThat(ForgetPlan.of(all, RetentionPolicy.none().keep(MONTHLY, 9), later)
                        .kept())
                .containsExactly(next, monday);
        assertThat(ForgetPlan.of(all, RetentionPolicy.none().keep(YEARLY, 1), later)
                        .kept())
                .containsExactly(next);
    }

    @Test
    void fullThatAKeptIncrementalNeedsStaysAndSaysSo() {
        Snapshot full = make.full("2026-11-20T00:00:00Z", 100);
        Snapshot first = make.slice("2026-11-21T00:00:00Z", 100, 110);
        Snapshot second = make.slice("2026-11-24T00:00:00Z", 110, 120);
        Snapshot third = make.slice("2026-11-24T06:00:00Z", 120, 130);
        ForgetPlan plan = plan(RetentionPolicy.none().keepWithin(Duration.ofHours(24)), full, first, second, third);
        assertThat(plan.removed()).isEmpty();
        String third8 = third.id().substring(0, 8);
        assertThat(reasons(plan, full)).containsExactly("needed by " + third8 + " and 1 more");
        assertThat(reasons(plan, first)).containsExactly("needed by " + third8 + " and 1 more");
        assertThat(reasons(plan, third)).contains("within PT24H", "newest restorable moment");
    }

    @Test
    void slicesGoWhenNothingKeepsThemButNotThoseOfTheNewestMoment() {
        Snapshot old = make.full("2026-11-20T00:00:00Z", 100);
        Snapshot oldSlice = make.slice("2026-11-20T06:00:00Z", 100, 110);
        Snapshot full = make.full("2026-11-21T00:00:00Z", 110);
        Snapshot slice = make.slice("2026-11-21T06:00:00Z", 110, 120);
        Snapshot afterGap = make.slice("2026-11-21T12:00:00Z", 125, 130);
        ForgetPlan plan = plan(RetentionPolicy.none().keep(DAILY, 7), old, oldSlice, full, slice, afterGap);
        assertThat(plan.kept()).containsExactly(slice, full, old);
        assertThat(reasons(plan, slice)).containsExactly("newest restorable moment", "newest");
        assertThat(reasons(plan, afterGap)).containsExactly("no rule keeps it, and its chain is broken");
    }

    @Test
    void newestOfAGroupStaysWhateverThePolicy() {
        Snapshot old = make.snapshot("2020-01-01T00:00:00Z", "source:standalone", "kind:full");
        Snapshot newer = make.snapshot("2020-02-01T00:00:00Z", "source:standalone", "kind:full");
        ForgetPlan plan = plan(RetentionPolicy.none().keepTag("gold"), old, newer);
        assertThat(plan.kept()).containsExactly(newer);
    }

    @Test
    void groupsCountOnTheirOwn() {
        Snapshot orders = make.full("2026-11-20T00:00:00Z", 100);
        Snapshot stock = make.snapshot("2026-11-20T00:00:00Z", "source:stock", "kind:full", "to:1.1", "term:1");
        Snapshot shopOnly = make.snapshot(
                "2026-11-20T01:00:00Z", "source:orders", "set:rs", "kind:full", "db:shop", "to:101.1", "term:1");
        Snapshot otherHost = make.snapshot(Instant.parse("2026-11-19T00:00:00Z"), "other", orders.tags());
        ForgetPlan plan = plan(RetentionPolicy.none().keep(LAST, 1), orders, stock, shopOnly, otherHost);
        assertThat(plan.removed()).isEmpty();
        assertThat(plan.decisions()).extracting(Decision::group).doesNotHaveDuplicates();
    }

    @Test
    void taggedStays() {
        Snapshot gold = make.snapshot("2020-01-01T00:00:00Z", "gold");
        Snapshot plain = make.snapshot("2020-01-02T00:00:00Z", "plain");
        Snapshot newest = make.snapshot("2020-01-03T00:00:00Z", "plain");
        ForgetPlan plan = plan(RetentionPolicy.none().keepTag("gold"), gold, plain, newest);
        assertThat(plan.kept()).containsExactly(newest, gold);
        assertThat(reasons(plan, gold)).containsExactly("tag gold");
    }

    @Test
    void snapshotsFromTheFutureStayAndPushNothingOut() {
        Snapshot yesterday = make.full("2026-11-23T00:00:00Z", 100);
        Snapshot today = make.full("2026-11-24T00:00:00Z", 110);
        List<Snapshot> all = new ArrayList<>(List.of(yesterday, today));
        for (int year = 2027; year < 2040; year++) {
            all.add(make.full(year + "-01-01T00:00:00Z", 1000 + year));
        }
        RetentionPolicy policy = RetentionPolicy.none().keep(DAILY, 2).keepWithin(Duration.ofHours(1));
        ForgetPlan plan = ForgetPlan.of(all, policy, NOW);
        assertThat(plan.removed()).isEmpty();
        assertThat(reasons(plan, all.getLast())).containsExactly("dated in the future");
        assertThat(reasons(plan, today)).contains("within PT1H", "newest restorable moment");
    }

    @Test
    void durationCountsFromTheNewestSnapshotSoThatAPauseLosesNothing() {
        Snapshot older = make.full("2026-01-01T00:00:00Z", 100);
        Snapshot old = make.full("2026-01-09T00:00:00Z", 110);
        Snapshot last = make.full("2026-01-10T00:00:00Z", 120);
        assertThat(plan(RetentionPolicy.none().keepWithin(Duration.ofDays(1)), older, old, last)
                        .kept())
                .containsExactly(last, old);
    }

    @Test
    void policyWithoutARuleKeepsEverything() {
        Snapshot one = make.full("2020-01-01T00:00:00Z", 1);
        Snapshot two = make.full("2020-01-01T00:00:00Z", 2);
        ForgetPlan plan = plan(RetentionPolicy.none(), one, two);
        assertThat(plan.removed()).isEmpty();
        assertThat(reasons(plan, one)).contains("the policy has no rule");
    }

    @Test
    void nothingAtAllIsAPlanToo() {
        assertThat(plan(RetentionPolicy.none().keep(LAST, 1)).decisions()).isEmpty();
    }

    @Test
    void countsAndDurationsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> RetentionPolicy.none().keep(DAILY, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetentionPolicy.none().keepWithin(Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomPlansAreThoseOfThePlainModel() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            List<Snapshot> all = Snapshots.random(random);
            RetentionPolicy policy = randomPolicy(random);
            Instant now = Instant.parse("2026-06-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(100)));
            ForgetPlan plan = ForgetPlan.of(all, policy, now);
            assertThat(plan.kept())
                    .as("seed %d, %s at %s", seed, policy, now)
                    .containsExactlyInAnyOrderElementsOf(PlainRetention.kept(all, policy, now));
            assertThat(plan.decisions()).hasSize(all.size());
            assertThat(plan.decisions())
                    .allSatisfy(decision -> assertThat(decision.reasons()).isNotEmpty());
        }
    }

    private static RetentionPolicy randomPolicy(Random random) {
        RetentionPolicy policy = RetentionPolicy.none().keepTag("kept");
        for (Period period : Period.values()) {
            if (random.nextInt(3) == 0) {
                policy = policy.keep(period, 1 + random.nextInt(6));
            }
        }
        if (random.nextBoolean()) {
            policy = policy.keepWithin(Duration.ofHours(random.nextInt(24 * 30)));
        }
        return random.nextInt(4) == 0 ? policy.keepTag("a") : policy;
    }
}
