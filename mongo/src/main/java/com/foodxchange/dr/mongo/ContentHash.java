package com.foodxchange.dr.mongo;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * What is in a collection, as a number of documents, a number of bytes and a hash that does not depend on their order:
 * the sum of the XXH3-128 hashes of the documents, modulo 2^128. Two collections with equal content hashes hold the same
 * documents, byte for byte. It guards against loss and confusion; against forgery the repository's own hashes and
 * authentication codes do. Not thread-safe.
 */
public final class ContentHash {
    private static final Hasher128 HASHER = Hashing.xxh3_128();

    private long count;
    private long bytes;
    private long high;
    private long low;

    /** Adds the document in {@code buffer[offset, offset + length)}. */
    public void add(byte[] buffer, int offset, int length) {
        HashValue128 hash = HASHER.hashBytesTo128Bits(buffer, offset, length);
        add(1, length, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /** Adds everything that the other one has seen. */
    public void add(ContentHash other) {
        add(other.count, other.bytes, other.high, other.low);
    }

    private void add(long moreDocuments, long moreBytes, long moreHigh, long moreLow) {
        count += moreDocuments;
        bytes += moreBytes;
        low += moreLow;
        high += moreHigh + (Long.compareUnsigned(low, moreLow) < 0 ? 1 : 0);
    }

    /** The sum so far. */
    public Value value() {
        return new Value(count, bytes, "%016x%016x".formatted(high, low));
    }

    /** The content of a collection in three figures; {@code hash} is 32 hex digits. */
    public record Value(long count, long bytes, String hash) {}
}
