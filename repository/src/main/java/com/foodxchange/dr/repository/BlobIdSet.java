package com.foodxchange.dr.repository;

/** Ids without order, about 50 bytes each. Thread-safe. */
final class BlobIdSet {
    private static final int WORDS = 4;

    /** Four words a slot. All zero is free, which no SHA-256 is. */
    private long[] table = new long[WORDS << 8];

    private int size;

    /** Adds the id and tells whether it is new. */
    synchronized boolean add(BlobId id) {
        if (size + size / 2 >= table.length / WORDS) {
            grow();
        }
        return insert(id.a(), id.b(), id.c(), id.d());
    }

    synchronized boolean contains(BlobId id) {
        int at = ((int) id.a() & (table.length / WORDS - 1)) * WORDS;
        while ((table[at] | table[at + 1] | table[at + 2] | table[at + 3]) != 0) {
            if (table[at] == id.a() && table[at + 1] == id.b() && table[at + 2] == id.c() && table[at + 3] == id.d()) {
                return true;
            }
            at = (at + WORDS) & (table.length - 1);
        }
        return false;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        size = 0;
        for (int at = 0; at < old.length; at += WORDS) {
            if ((old[at] | old[at + 1] | old[at + 2] | old[at + 3]) != 0) {
                insert(old[at], old[at + 1], old[at + 2], old[at + 3]);
            }
        }
    }

    private boolean insert(long a, long b, long c, long d) {
        int at = ((int) a & (table.length / WORDS - 1)) * WORDS;
        while ((table[at] | table[at + 1] | table[at + 2] | table[at + 3]) != 0) {
            if (table[at] == a && table[at + 1] == b && table[at + 2] == c && table[at + 3] == d) {
                return false;
            }
            at = (at + WORDS) & (table.length - 1);
        }
        table[at] = a;
        table[at + 1] = b;
        table[at + 2] = c;
        table[at + 3] = d;
        size++;
        return true;
    }
}
