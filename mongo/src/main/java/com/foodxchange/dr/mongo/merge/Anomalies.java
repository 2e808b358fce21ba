package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** What should not be in an oplog and was met all the same, counted per subject. Thread-safe. */
final class Anomalies {
    private final Map<Subject, AtomicLong> counts = new ConcurrentSkipListMap<>();
    /** Counts that are set, since a collection may be read more than once. */
    private final Map<Subject, Long> latest = new ConcurrentHashMap<>();

    private record Subject(String name, String message) implements Comparable<Subject> {
        @Override
        public int compareTo(Subject other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : message.compareTo(other.message);
        }
    }

    /** One more of them; {@code message} goes on after a number. */
    void add(String name, String message) {
        counts.computeIfAbsent(new Subject(name, message), ignored -> new AtomicLong())
                .incrementAndGet();
    }

    /** So many of them, whatever was said before. */
    void set(String name, String message, long count) {
        latest.put(new Subject(name, message), count);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        counts.forEach((subject, count) -> findings.add(finding(subject, count.get())));
        latest.forEach((subject, count) -> {
            if (count > 0) {
                findings.add(finding(subject, count));
            }
        });
        return findings;
    }

    private static Finding finding(Subject subject, long count) {
        return new Finding(Finding.Severity.PROBLEM, subject.name, count + " " + subject.message);
    }
}
