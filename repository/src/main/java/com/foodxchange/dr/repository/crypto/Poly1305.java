package com.foodxchange.dr.repository.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The one-time authenticator of RFC 8439, section 2.5, on 64-bit words: the clamp leaves the top four bits of each word
 * of {@code r} and the low two bits of its upper word empty, so that products of 128 bits add up without overflow and
 * 2^128 folds back as 5/4. Without branches that depend on data.
 */
final class Poly1305 {
    static final int TAG_BYTES = 16;

    private static final int BLOCK = 16;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long r0;
    private final long r1;
    /** {@code r1 * 5 / 4}. */
    private final long s1;

    private long h0;
    private long h1;
    private long h2;

    /** {@code r}: 16 bytes, clamped here. */
    Poly1305(byte[] r) {
        r0 = word(r, 0) & 0x0ffffffc0fffffffL;
        r1 = word(r, 8) & 0x0ffffffc0ffffffcL;
        s1 = r1 + (r1 >>> 2);
    }

    /** Writes the tag of {@code message[offset, offset + length)} under the one-time {@code pad} of 16 bytes. */
    void tag(byte[] message, int offset, int length, byte[] pad, byte[] tag) {
        h0 = 0;
        h1 = 0;
        h2 = 0;
        int whole = length & -BLOCK;
        blocks(message, offset, offset + whole, 1);
        if (whole < length) {
            byte[] rest = Arrays.copyOf(Arrays.copyOfRange(message, offset + whole, offset + length), BLOCK);
            rest[length - whole] = 1;
            blocks(rest, 0, BLOCK, 0);
        }
        finish(pad, tag);
    }

    private void blocks(byte[] message, int from, int to, long top) {
        long a0 = h0;
        long a1 = h1;
        long a2 = h2;
        for (int at = from; at < to; at += BLOCK) {
            long m0 = word(message, at);
            a0 += m0;
            long carry = below(a0, m0);
            long m1 = word(message, at + 8);
            a1 += m1;
            long carry1 = below(a1, m1);
            a1 += carry;
            a2 += top + carry1 + below(a1, carry);

            long low = a0 * r0;
            long high = Math.unsignedMultiplyHigh(a0, r0);
            long more = a1 * s1;
            low += more;
            high += Math.unsignedMultiplyHigh(a1, s1) + below(low, more);

            long middle = a0 * r1;
            long over = Math.unsignedMultiplyHigh(a0, r1);
            more = a1 * r0;
            middle += more;
            over += Math.unsignedMultiplyHigh(a1, r0) + below(middle, more);
            more = a2 * s1;
            middle += more;
            over += below(middle, more);
            middle += high;
            over += below(middle, high);

            a2 = a2 * r0 + over;
            long fold = (a2 >>> 2) + (a2 & ~3L);
            a0 = low + fold;
            carry = below(a0, fold);
            a1 = middle + carry;
            a2 = (a2 & 3) + below(a1, carry);
        }
        h0 = a0;
        h1 = a1;
        h2 = a2;
    }

    private void finish(byte[] pad, byte[] tag) {
        long g0 = h0 + 5;
        long carry = below(g0, 5);
        long g1 = h1 + carry;
        long g2 = h2 + below(g1, carry);
        long reduced = -(g2 >>> 2); // all ones when h is not below the prime
        long t0 = (h0 & ~reduced) | (g0 & reduced);
        long t1 = (h1 & ~reduced) | (g1 & reduced);
        long p0 = word(pad, 0);
        t0 += p0;
        t1 += word(pad, 8) + below(t0, p0);
        WORD.set(tag, 0, t0);
        WORD.set(tag, 8, t1);
    }

    /** 1 if {@code a < b} unsigned: the carry of an addition that gave {@code a} and had {@code b} as a term. */
    private static long below(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }

    private static long word(byte[] bytes, int offset) {
        return (long) WORD.get(bytes, offset);
    }
}
