package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.BlobId;
import com.foodxchange.dr.repository.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Snapshots that exist as values only. */
final class Snapshots {
    private static final BlobId TREE = new BlobId(1, 2, 3, 4);
    private int made;

    Snapshot full(String time, long to) {
        return snapshot(time, "source:orders", "set:rs", "kind:full", "from:1.1", "to:" + to + ".1", "term:1");
    }

    Snapshot slice(String time, long prev, long to) {
        return snapshot(
                time,
                "source:orders",
                "set:rs",
                "kind:incremental",
                "prev:" + prev + ".1",
                "prevterm:1",
                "to:" + to + ".1",
                "term:1");
    }

    Snapshot snapshot(String time, String... tags) {
        return snapshot(Instant.parse(time), "host", List.of(tags));
    }

    Snapshot snapshot(Instant time, String host, List<String> tags) {
        String id = String.format("%08x", Integer.reverse(++made)) + "0".repeat(56);
        return new Snapshot(id, time, null, TREE, List.of("/dr/orders"), host, "", tags, null, null, null);
    }

    /**
     * A few sources, some with two replica sets, followed for a while: fulls and slices in the usual order, with gaps,
     * overlaps, elections, rollbacks and snapshots of others in between.
     */
    static List<Snapshot> random(Random random) {
        Snapshots made = new Snapshots();
        List<Snapshot> all = new ArrayList<>();
        for (int source = 0; source < 1 + random.nextInt(2); source++) {
            for (int set = 0; set < 1 + random.nextInt(2); set++) {
                made.follow(random, List.of("source:s" + source, "set:" + set), all);
            }
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            all.add(made.snapshot(time(random, random.nextInt(60)), "foreign" + random.nextInt(2), List.of("a")));
        }
        Collections.shuffle(all, random);
        return all;
    }

    private void follow(Random random, List<String> line, List<Snapshot> all) {
        long end = random.nextInt(10);
        long term = 1;
        for (int day = random.nextInt(20); day < 60; day += random.nextInt(4)) {
            List<String> tags = new ArrayList<>(line);
            if (random.nextInt(4) == 0) {
                tags.add("kind:full");
                addEnd(tags, "to:", "term:", Math.max(0, end + random.nextInt(3) - 1), term);
            } else {
                tags.add("kind:incremental");
                addEnd(tags, "prev:", "prevterm:", Math.max(0, end - (random.nextInt(8) == 0 ? 2 : 0)), term);
                term += random.nextInt(10) == 0 ? 1 : 0;
                end += random.nextInt(4);
                addEnd(tags, "to:", "term:", end, term);
                end += random.nextInt(12) == 0 ? 5 : 0;
                end -= random.nextInt(20) == 0 ? 4 : 0;
                end = Math.max(end, 0);
            }
            all.add(snapshot(time(random, day), "host", tags));
        }
    }

    private static void addEnd(List<String> tags, String key, String termKey, long place, long term) {
        tags.add(key + (1700000000 + place) + "." + place % 3);
        tags.add(termKey + term);
    }

    private static Instant time(Random random, int day) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86400L * day * (1 + day / 10) + random.nextInt(90000));
    }
}
