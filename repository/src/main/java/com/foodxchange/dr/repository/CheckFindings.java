package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.CheckFinding.Hit;
import com.foodxchange.dr.repository.CheckFinding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers findings and, afterwards, what they hit. Thread-safe. */
final class CheckFindings {
    private final Map<String, Found> found = new LinkedHashMap<>();

    /** A finding that gets more hits. Thread-safe. */
    static final class Found {
        private final Severity severity;
        private final String file;
        private final String message;
        private final String hint;
        private final Map<Snapshot, Paths> hits =
                new TreeMap<>(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id));

        private static final class Paths {
            final TreeSet<String> listed = new TreeSet<>();
            long all;
            String last = "";
        }

        Found(Severity severity, String file, String message, String hint) {
            this.severity = severity;
            this.file = file;
            this.message = message;
            this.hint = hint;
        }

        /** A path may come again right after itself, once for each blob of the file. */
        synchronized void hit(Snapshot snapshot, String path) {
            Paths paths = hits.computeIfAbsent(snapshot, one -> new Paths());
            if (paths.last.equals(path) || paths.listed.contains(path)) {
                return;
            }
            paths.last = path;
            paths.all++;
            if (paths.listed.size() < Hit.MAX_PATHS) {
                paths.listed.add(path);
            }
        }

        private synchronized CheckFinding build() {
            List<Hit> all = new ArrayList<>();
            hits.forEach((snapshot, paths) -> all.add(new Hit(snapshot, List.copyOf(paths.listed), paths.all)));
            return new CheckFinding(severity, file, message, hint, all);
        }
    }

    Found problem(String file, String message, String hint) {
        return add(Severity.PROBLEM, file, message, hint);
    }

    void note(String file, String message, String hint) {
        add(Severity.NOTE, file, message, hint);
    }

    /** The same thing found again is the same finding. */
    private synchronized Found add(Severity severity, String file, String message, String hint) {
        return found.computeIfAbsent(file + "\n" + message, key -> new Found(severity, file, message, hint));
    }

    synchronized List<CheckFinding> build() {
        return found.values().stream().map(Found::build).toList();
    }
}
