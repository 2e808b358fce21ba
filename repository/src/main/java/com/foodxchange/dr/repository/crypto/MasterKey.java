package com.foodxchange.dr.repository.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/** The keys that encrypt and authenticate messages. Immutable. */
public final class MasterKey {
    public static final int ENCRYPTION_BYTES = 32;
    public static final int MAC_BYTES = 16;

    private final byte[] encryption;
    private final byte[] macK;
    private final byte[] macR;

    /**
     * @param encryption AES-256 key
     * @param macK AES-128 key that turns a nonce into the pad of Poly1305
     * @param macR the other half of the Poly1305 key, clamped or not
     * @throws IllegalArgumentException if one has the wrong length or is all zero
     */
    public MasterKey(byte[] encryption, byte[] macK, byte[] macR) {
        this.encryption = checked(encryption, ENCRYPTION_BYTES);
        this.macK = checked(macK, MAC_BYTES);
        this.macR = clamped(checked(macR, MAC_BYTES));
    }

    /** A new random key. */
    public static MasterKey random() {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[ENCRYPTION_BYTES + 2 * MAC_BYTES];
        random.nextBytes(bytes);
        return split(bytes);
    }

    /** The key that a password gives with scrypt; {@code n} a power of two. */
    public static MasterKey derive(byte[] password, byte[] salt, int n, int r, int p) {
        return split(new Scrypt(n, r, p).derive(password, salt, ENCRYPTION_BYTES + 2 * MAC_BYTES));
    }

    private static MasterKey split(byte[] bytes) {
        int k = ENCRYPTION_BYTES;
        int r = k + MAC_BYTES;
        return new MasterKey(
                Arrays.copyOf(bytes, k), Arrays.copyOfRange(bytes, k, r), Arrays.copyOfRange(bytes, r, bytes.length));
    }

    private static byte[] checked(byte[] bytes, int length) {
        byte ored = 0;
        for (byte b : bytes) {
            ored |= b;
        }
        if (bytes.length != length || ored == 0) {
            throw new IllegalArgumentException("a key has to be " + length + " bytes that are not all zero");
        }
        return bytes.clone();
    }

    /** Old versions of restic expect the key clamped as it is stored. */
    private static byte[] clamped(byte[] r) {
        for (int i = 3; i < MAC_BYTES; i += 4) {
            r[i] &= 0x0f;
        }
        for (int i = 4; i < MAC_BYTES; i += 4) {
            r[i] &= (byte) 0xfc;
        }
        return r;
    }

    public byte[] encryption() {
        return encryption.clone();
    }

    public byte[] macK() {
        return macK.clone();
    }

    /** Clamped. */
    public byte[] macR() {
        return macR.clone();
    }
}
