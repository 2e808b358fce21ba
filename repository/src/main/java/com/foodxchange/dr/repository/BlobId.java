package com.foodxchange.dr.repository;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** A SHA-256, which names a blob by its plaintext and every other file by its stored bytes; in four big-endian words. */
public record BlobId(long a, long b, long c, long d) implements Comparable<BlobId> {
    static final int BYTES = 32;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The id in {@code bytes[offset, offset + 32)}. */
    public static BlobId of(byte[] bytes, int offset) {
        return new BlobId(
                word(bytes, offset), word(bytes, offset + 8), word(bytes, offset + 16), word(bytes, offset + 24));
    }

    /** @throws IllegalArgumentException if the text is not 64 hex digits */
    public static BlobId parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("not 64 hex digits: " + hex);
        }
        return new BlobId(
                HexFormat.fromHexDigitsToLong(hex, 0, 16),
                HexFormat.fromHexDigitsToLong(hex, 16, 32),
                HexFormat.fromHexDigitsToLong(hex, 32, 48),
                HexFormat.fromHexDigitsToLong(hex, 48, 64));
    }

    void writeTo(byte[] bytes, int offset) {
        WORD.set(bytes, offset, a);
        WORD.set(bytes, offset + 8, b);
        WORD.set(bytes, offset + 16, c);
        WORD.set(bytes, offset + 24, d);
    }

    private static long word(byte[] bytes, int offset) {
        return (long) WORD.get(bytes, offset);
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(a) + format.toHexDigits(b) + format.toHexDigits(c) + format.toHexDigits(d);
    }

    /** Already evenly spread, being a hash. */
    @Override
    public int hashCode() {
        return (int) a;
    }

    @Override
    public int compareTo(BlobId other) {
        int first = Long.compareUnsigned(a, other.a);
        if (first != 0) {
            return first;
        }
        int second = Long.compareUnsigned(b, other.b);
        if (second != 0) {
            return second;
        }
        int third = Long.compareUnsigned(c, other.c);
        return third != 0 ? third : Long.compareUnsigned(d, other.d);
    }

    @Override
    public String toString() {
        return hex();
    }
}
