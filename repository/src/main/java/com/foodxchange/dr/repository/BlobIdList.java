package com.foodxchange.dr.repository;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ids in order, 32 bytes each, because a large file has millions. Not thread-safe while it grows. */
final class BlobIdList {
    private static final int WORDS = 4;

    private long[] words = new long[WORDS];
    private int size;

    void add(BlobId id) {
        set(size, id);
    }

    /** Sets the id at {@code index}, which may be past the end. */
    void set(int index, BlobId id) {
        int at = index * WORDS;
        if (at == words.length || at > words.length) {
            words = Arrays.copyOf(words, Math.max(at + WORDS, words.length * 2));
        }
        words[at] = id.a();
        words[at + 1] = id.b();
        words[at + 2] = id.c();
        words[at + 3] = id.d();
        size = Math.max(size, index + 1);
    }

    void addAll(BlobIdList others) {
        for (int i = 0; i < others.size; i++) {
            add(others.get(i));
        }
    }

    BlobId get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        int at = index * WORDS;
        return new BlobId(words[at], words[at + 1], words[at + 2], words[at + 3]);
    }

    int size() {
        return size;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BlobIdList list
                && Arrays.equals(words, 0, size * WORDS, list.words, 0, list.size * WORDS);
    }

    @Override
    public int hashCode() {
        return size == 0 ? 0 : get(size - 1).hashCode();
    }
}
