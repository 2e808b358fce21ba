package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * Documents by record number, in its order. Thread-safe: readers see each record either before or after a write, and go on
 * from a number whether or not the record is still there.
 */
interface Records {
    /** A document and its number. */
    record Stored(long id, Value document) {}

    byte @Nullable [] get(long id);

    void put(long id, byte[] bytes);

    void remove(long id);

    /** The first record after that number, or null. */
    @Nullable
    Stored after(long id);

    /** The last record before that number, or null. */
    @Nullable
    Stored before(long id);

    void clear();
}
