package com.foodxchange.dr.mongo.restore;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant. */
final class NearestNames {
    private static final int SHOWN = 3;

    private NearestNames() {}

    /** A hint with the names nearest to the one that is not there. */
    static String hint(String wanted, Collection<String> names) {
        List<String> nearest = names.stream()
                .distinct()
                .sorted(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
        return nearest.isEmpty() ? "the moment holds nothing at all" : "nearest names: " + String.join(", ", nearest);
    }

    /** How many letters have to be changed, added or taken away (Levenshtein); case does not count. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
