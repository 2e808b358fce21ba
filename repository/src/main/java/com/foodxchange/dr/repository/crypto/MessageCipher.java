package com.foodxchange.dr.repository.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns plaintext into messages, {@code IV (16 bytes) || ciphertext || MAC (16 bytes)}, and back. Not thread-safe: one
 * per thread.
 */
public final class MessageCipher {
    /** How much longer a message is than its plaintext. */
    public static final int OVERHEAD = 32;

    private static final int IV_BYTES = 16;
    /**
     * Java uses the AES instructions in counter mode only in code that it compiled after thousands of calls. With whole
     * blobs that takes gigabytes, with pieces a few megabytes: 4,400 MB/s against 270 MB/s on the first gigabyte.
     */
    private static final int PIECE = 2 << 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec encryptionKey;
    private final Cipher encryption;
    private final Cipher nonceCipher;
    private final Poly1305 mac;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] pad = new byte[IV_BYTES];
    private final byte[] tag = new byte[Poly1305.TAG_BYTES];

    public MessageCipher(MasterKey key) {
        encryptionKey = new SecretKeySpec(key.encryption(), "AES");
        mac = new Poly1305(key.macR());
        try {
            encryption = Cipher.getInstance("AES/CTR/NoPadding");
            nonceCipher = Cipher.getInstance("AES/ECB/NoPadding");
            nonceCipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.macK(), "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is missing in this Java", e);
        }
    }

    /** Writes the message of {@code plain[offset, offset + length)} to {@code out} and returns its length. */
    public int seal(byte[] plain, int offset, int length, byte[] out, int outOffset) {
        RANDOM.nextBytes(iv);
        return seal(iv, plain, offset, length, out, outOffset);
    }

    int seal(byte[] nonce, byte[] plain, int offset, int length, byte[] out, int outOffset) {
        System.arraycopy(nonce, 0, out, outOffset, IV_BYTES);
        int start = outOffset + IV_BYTES;
        crypt(nonce, plain, offset, length, out, start);
        authenticate(nonce, out, start, length);
        System.arraycopy(tag, 0, out, start + length, tag.length);
        return length + OVERHEAD;
    }

    /**
     * Writes the plaintext of the message {@code sealed[offset, offset + length)} to {@code out} and returns its length.
     *
     * @throws AEADBadTagException if the message is not what was sealed with this key; nothing was written then
     */
    public int open(byte[] sealed, int offset, int length, byte[] out, int outOffset) throws AEADBadTagException {
        if (length < OVERHEAD) {
            throw new AEADBadTagException("a message of " + length + " bytes is too short");
        }
        System.arraycopy(sealed, offset, iv, 0, IV_BYTES);
        int start = offset + IV_BYTES;
        int plain = length - OVERHEAD;
        authenticate(iv, sealed, start, plain);
        byte[] expected = Arrays.copyOfRange(sealed, start + plain, start + plain + tag.length);
        if (!MessageDigest.isEqual(expected, tag) || isZero(iv)) {
            throw new AEADBadTagException("the authentication code does not match");
        }
        crypt(iv, sealed, start, plain, out, outOffset);
        return plain;
    }

    /** The plaintext of a whole message. */
    public byte[] open(byte[] sealed) throws AEADBadTagException {
        byte[] out = new byte[Math.max(0, sealed.length - OVERHEAD)];
        open(sealed, 0, sealed.length, out, 0);
        return out;
    }

    /** The message of a whole plaintext. */
    public byte[] seal(byte[] plain) {
        byte[] out = new byte[plain.length + OVERHEAD];
        seal(plain, 0, plain.length, out, 0);
        return out;
    }

    private void crypt(byte[] nonce, byte[] in, int offset, int length, byte[] out, int outOffset) {
        try {
            encryption.init(Cipher.ENCRYPT_MODE, encryptionKey, new IvParameterSpec(nonce));
            int done = 0;
            while (length - done > PIECE) {
                encryption.update(in, offset + done, PIECE, out, outOffset + done);
                done += PIECE;
            }
            encryption.doFinal(in, offset + done, length - done, out, outOffset + done);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    private void authenticate(byte[] nonce, byte[] message, int offset, int length) {
        try {
            nonceCipher.doFinal(nonce, 0, IV_BYTES, pad, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
        mac.tag(message, offset, length, pad, tag);
    }

    private static boolean isZero(byte[] bytes) {
        byte ored = 0;
        for (byte b : bytes) {
            ored |= b;
        }
        return ored == 0;
    }
}
