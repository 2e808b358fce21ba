package com.foodxchange.dr.repository;

import java.util.List;

/**
 * Something that a check found.
 *
 * @param file what is hit, such as {@code data/<id>}, {@code snapshots/<id>} or, inside a pack, {@code tree <id>}
 * @param message what is wrong, one sentence, lower case, no full stop
 * @param hint what to do about it; empty when nothing has to be done
 * @param hits what cannot be restored because of it, by any program or, when the message says so, by restic
 */
public record CheckFinding(Severity severity, String file, String message, String hint, List<Hit> hits) {
    /** Whether something is lost. */
    public enum Severity {
        /** Nothing is lost and nothing has to be done. */
        NOTE,
        /** Data is lost, or a program can no longer read it. */
        PROBLEM
    }

    /**
     * A snapshot that is hit.
     *
     * @param paths of the files that are hit, at most {@value #MAX_PATHS} of them. A path that ends with a slash is a
     *     folder with everything in it; a slash alone is the whole snapshot
     * @param allPaths how many paths there are
     */
    public record Hit(Snapshot snapshot, List<String> paths, long allPaths) {
        /** More paths are counted, not listed. */
        public static final int MAX_PATHS = 1_000;

        public Hit {
            paths = List.copyOf(paths);
        }
    }

    public CheckFinding {
        hits = List.copyOf(hits);
    }
}
