package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * What came of a statement.
 *
 * @param matched how many documents it found
 * @param modified how many of them it changed
 * @param upserted the {@code _id} of the document that an upsert made
 * @param answer the document that findAndModify returns
 */
record Outcome(
        long matched,
        long modified,
        @Nullable Value upserted,
        @Nullable Value answer) {
    static Outcome changed(long count) {
        return new Outcome(count, count, null, null);
    }
}
