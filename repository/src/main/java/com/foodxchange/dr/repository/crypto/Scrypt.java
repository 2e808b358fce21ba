package com.foodxchange.dr.repository.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The password function of RFC 7914. Its {@code p} lanes do not depend on each other and run side by side here, so that
 * opening a repository takes a fraction of the time that whoever guesses passwords one after the other has to spend.
 */
final class Scrypt {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HASH_BYTES = 32;
    /** Words of a Salsa20 block. */
    private static final int BLOCK = 16;

    private final int n;
    private final int r;
    private final int p;

    Scrypt(int n, int r, int p) {
        this.n = n;
        this.r = r;
        this.p = p;
    }

    byte[] derive(byte[] password, byte[] salt, int length) {
        int lane = 32 * r;
        byte[] bytes = pbkdf2(password, salt, Math.multiplyExact(p, 4 * lane));
        int[] words = new int[p * lane];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) WORD.get(bytes, 4 * i);
        }
        IntStream.range(0, p).parallel().forEach(i -> mix(words, i * lane));
        for (int i = 0; i < words.length; i++) {
            WORD.set(bytes, 4 * i, words[i]);
        }
        return pbkdf2(password, bytes, length);
    }

    /** PBKDF2 with HMAC-SHA-256 and one iteration. */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // HMAC pads keys with zeros, so that one zero stands for the empty key, which Java refuses.
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
            byte[] out = new byte[(length + HASH_BYTES - 1) / HASH_BYTES * HASH_BYTES];
            for (int i = 0; i * HASH_BYTES < length; i++) {
                mac.update(salt);
                int block = i + 1;
                mac.update(
                        new byte[] {(byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block});
                mac.doFinal(out, i * HASH_BYTES);
            }
            return Arrays.copyOf(out, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 failed", e);
        }
    }

    /** ROMix of the RFC on one lane: fills memory with a chain of blocks, then reads them in an order they decide. */
    private void mix(int[] words, int offset) {
        int size = 32 * r;
        int[] x = Arrays.copyOfRange(words, offset, offset + size);
        int[] y = new int[size];
        int[][] memory = new int[n][];
        for (int i = 0; i < n; i++) {
            memory[i] = x.clone();
            blockMix(x, y);
        }
        for (int i = 0; i < n; i++) {
            int[] chosen = memory[x[size - BLOCK] & (n - 1)];
            for (int k = 0; k < size; k++) {
                x[k] ^= chosen[k];
            }
            blockMix(x, y);
        }
        System.arraycopy(x, 0, words, offset, size);
    }

    /** Salsa20/8 over the blocks of {@code x} as a chain, even results before odd ones; {@code y} is scratch space. */
    private void blockMix(int[] x, int[] y) {
        int blocks = 2 * r;
        int previous = (blocks - 1) * BLOCK;
        System.arraycopy(x, previous, y, 0, BLOCK);
        int[] chain = new int[BLOCK];
        System.arraycopy(x, previous, chain, 0, BLOCK);
        for (int i = 0; i < blocks; i++) {
            salsa(chain, x, i * BLOCK);
            System.arraycopy(chain, 0, y, (i / 2 + (i % 2) * r) * BLOCK, BLOCK);
        }
        System.arraycopy(y, 0, x, 0, y.length);
    }

    /** Replaces {@code b} by Salsa20/8 of {@code b ^ x[at, at + 16)}. */
    private static void salsa(int[] b, int[] x, int at) {
        for (int i = 0; i < BLOCK; i++) {
            b[i] ^= x[at + i];
        }
        int x0 = b[0];
        int x1 = b[1];
        int x2 = b[2];
        int x3 = b[3];
        int x4 = b[4];
        int x5 = b[5];
        int x6 = b[6];
        int x7 = b[7];
        int x8 = b[8];
        int x9 = b[9];
        int x10 = b[10];
        int x11 = b[11];
        int x12 = b[12];
        int x13 = b[13];
        int x14 = b[14];
        int x15 = b[15];
        for (int round = 0; round < 8; round += 2) {
            x4 ^= Integer.rotateLeft(x0 + x12, 7);
            x8 ^= Integer.rotateLeft(x4 + x0, 9);
            x12 ^= Integer.rotateLeft(x8 + x4, 13);
            x0 ^= Integer.rotateLeft(x12 + x8, 18);
            x9 ^= Integer.rotateLeft(x5 + x1, 7);
            x13 ^= Integer.rotateLeft(x9 + x5, 9);
            x1 ^= Integer.rotateLeft(x13 + x9, 13);
            x5 ^= Integer.rotateLeft(x1 + x13, 18);
            x14 ^= Integer.rotateLeft(x10 + x6, 7);
            x2 ^= Integer.rotateLeft(x14 + x10, 9);
            x6 ^= Integer.rotateLeft(x2 + x14, 13);
            x10 ^= Integer.rotateLeft(x6 + x2, 18);
            x3 ^= Integer.rotateLeft(x15 + x11, 7);
            x7 ^= Integer.rotateLeft(x3 + x15, 9);
            x11 ^= Integer.rotateLeft(x7 + x3, 13);
            x15 ^= Integer.rotateLeft(x11 + x7, 18);
            x1 ^= Integer.rotateLeft(x0 + x3, 7);
            x2 ^= Integer.rotateLeft(x1 + x0, 9);
            x3 ^= Integer.rotateLeft(x2 + x1, 13);
            x0 ^= Integer.rotateLeft(x3 + x2, 18);
            x6 ^= Integer.rotateLeft(x5 + x4, 7);
            x7 ^= Integer.rotateLeft(x6 + x5, 9);
            x4 ^= Integer.rotateLeft(x7 + x6, 13);
            x5 ^= Integer.rotateLeft(x4 + x7, 18);
            x11 ^= Integer.rotateLeft(x10 + x9, 7);
            x8 ^= Integer.rotateLeft(x11 + x10, 9);
            x9 ^= Integer.rotateLeft(x8 + x11, 13);
            x10 ^= Integer.rotateLeft(x9 + x8, 18);
            x12 ^= Integer.rotateLeft(x15 + x14, 7);
            x13 ^= Integer.rotateLeft(x12 + x15, 9);
            x14 ^= Integer.rotateLeft(x13 + x12, 13);
            x15 ^= Integer.rotateLeft(x14 + x13, 18);
        }
        b[0] += x0;
        b[1] += x1;
        b[2] += x2;
        b[3] += x3;
        b[4] += x4;
        b[5] += x5;
        b[6] += x6;
        b[7] += x7;
        b[8] += x8;
        b[9] += x9;
        b[10] += x10;
        b[11] += x11;
        b[12] += x12;
        b[13] += x13;
        b[14] += x14;
        b[15] += x15;
    }
}
