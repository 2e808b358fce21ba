package com.foodxchange.dr.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.repository.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonTimestamp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random lives of a source, compared with what counting every single moment says. */
class TimelinePropertyTest {
    private static final int LAST = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aMomentCanBeRestoredExactlyWhenEveryEntryUpToItIsThere(long seed) {
        Random random = new Random(seed);
        for (int life = 0; life < 60; life++) {
            Shelf shelf = live(random);
            Timeline timeline = shelf.timeline();
            for (int moment = 1; moment <= LAST; moment++) {
                check(shelf, timeline, moment);
            }
        }
    }

    /** Fulls, slices that continue, overlap or leave gaps, and some that are lost again. */
    private static Shelf live(Random random) {
        Shelf shelf = new Shelf();
        int now = 3;
        List<Integer> ends = new ArrayList<>();
        while (now < LAST) {
            if (ends.isEmpty() || random.nextInt(6) == 0) {
                shelf.full("a", now, 1, FullReason.ASKED);
                ends.add(now);
            } else {
                int start =
                        random.nextInt(8) == 0 ? now - 1 : ends.get(Math.max(0, ends.size() - 1 - random.nextInt(2)));
                if (start < now) {
                    shelf.slice("a", start, 1, now, 1);
                    ends.add(now);
                }
            }
            now += 1 + random.nextInt(6);
        }
        for (int lost = random.nextInt(3); lost > 0; lost--) {
            shelf.snapshots.remove(random.nextInt(shelf.snapshots.size()));
        }
        return shelf;
    }

    private static void check(Shelf shelf, Timeline timeline, int moment) {
        boolean expected = countingSaysRestorable(shelf, moment);
        OpTime time = Shelf.at(moment, 1);
        boolean inAWindow = timeline.windows().stream().anyMatch(window -> holds(window, time));
        assertThat(inAWindow).as("moment %s", moment).isEqualTo(expected);
        try {
            RestorePoint point = timeline.at(new Moment.Entry(time.ts()));
            assertThat(expected).isTrue();
            assertLeadsTo(point, time.ts());
        } catch (RecoveryException e) {
            assertThat(expected).as(e.hint()).isFalse();
        }
    }

    private static boolean holds(Window window, OpTime time) {
        return window.from().compareTo(time) <= 0 && time.compareTo(window.to()) <= 0;
    }

    private static boolean countingSaysRestorable(Shelf shelf, int moment) {
        List<BackupSnapshot> all = shelf.backups().all();
        return all.stream()
                .filter(BackupSnapshot::full)
                .anyMatch(full -> full.to().seconds() <= moment
                        && everyEntryIsThere(all, full.to().seconds(), moment));
    }

    private static boolean everyEntryIsThere(List<BackupSnapshot> all, long after, long upTo) {
        for (long entry = after + 1; entry <= upTo; entry++) {
            OpTime time = Shelf.at(entry, 1);
            if (all.stream()
                    .noneMatch(slice -> slice.previous() != null
                            && slice.previous().compareTo(time) < 0
                            && time.compareTo(slice.to()) <= 0)) {
                return false;
            }
        }
        return true;
    }

    private static void assertLeadsTo(RestorePoint point, BsonTimestamp limit) {
        OpTime end = point.full().to();
        assertThat(end.ts()).isLessThanOrEqualTo(limit);
        for (BackupSnapshot slice : point.slices()) {
            assertThat(slice.previous()).isNotNull();
            assertThat(slice.previous()).isLessThanOrEqualTo(end);
            assertThat(end.ts()).as("no slice more than needed").isLessThan(limit);
            end = slice.to();
        }
        assertThat(end.ts()).isGreaterThanOrEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void whatIsLostNeverWidensAWindow(long seed) {
        Random random = new Random(seed);
        for (int life = 0; life < 30; life++) {
            Shelf shelf = live(random);
            int before = restorable(shelf);
            Snapshot lost = shelf.snapshots.get(random.nextInt(shelf.snapshots.size()));
            shelf.damage(lost);
            assertThat(restorable(shelf)).isLessThanOrEqualTo(before);
        }
    }

    private static int restorable(Shelf shelf) {
        int count = 0;
        for (int moment = 1; moment <= LAST; moment++) {
            OpTime time = Shelf.at(moment, 1);
            count += shelf.timeline().windows().stream().anyMatch(window -> holds(window, time)) ? 1 : 0;
        }
        return count;
    }
}
