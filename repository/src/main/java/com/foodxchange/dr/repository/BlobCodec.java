package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.security.MessageDigest;
import javax.crypto.AEADBadTagException;

/**
 * Turns blobs into what lies in packs and back: SHA-256, zstd, encryption. Holds native memory and scratch space. Not
 * thread-safe: one per thread.
 */
final class BlobCodec implements AutoCloseable {
    private static final int LEVEL = 3;
    /**
     * Tables that fit into the cache of a processor: on documents a quarter faster than the level's own, for half a
     * percent more space. Restic's window has the same 512 KiB.
     */
    private static final int WINDOW_LOG = 19;

    private static final int HASH_LOG = 15;
    private static final int CHAIN_LOG = 14;

    private static final int MAX_KEPT = 4 << 20;

    private final MessageCipher cipher;
    private final MessageDigest digest = Sha256.digest();
    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private byte[] compressed = new byte[0];
    private byte[] sealed = new byte[0];
    private byte[] opened = new byte[0];

    BlobCodec(MasterKey key) {
        cipher = new MessageCipher(key);
        compressor.setLevel(LEVEL).setWindowLog(WINDOW_LOG).setHashLog(HASH_LOG).setChainLog(CHAIN_LOG);
        compressor.setChecksum(false).setContentSize(true);
    }

    BlobId hash(byte[] bytes, int offset, int length) {
        return Sha256.hash(digest, bytes, offset, length);
    }

    /** Compresses and encrypts the blob into {@link #sealed()} and returns the length there. */
    int seal(byte[] plain, int length) {
        int bound = Math.toIntExact(Zstd.compressBound(length));
        compressed = atLeast(compressed, bound);
        sealed = atLeast(sealed, bound + MessageCipher.OVERHEAD);
        int size = compressor.compressByteArray(compressed, 0, compressed.length, plain, 0, length);
        return cipher.seal(compressed, 0, size, sealed, 0);
    }

    /** What the last {@link #seal} gave, valid until the next. */
    byte[] sealed() {
        return sealed;
    }

    /** The plaintext of the blob, which lies at {@code bytes[offset]}, verified, in an array of its own. */
    byte[] open(PackedBlob blob, byte[] bytes, int offset) throws FormatException {
        byte[] plain = new byte[blob.plainLength()];
        open(blob, bytes, offset, plain);
        return plain;
    }

    /** Does all that {@link #open} does but keep the plaintext. */
    void verify(PackedBlob blob, byte[] bytes, int offset) throws FormatException {
        opened = atLeast(opened, blob.plainLength());
        open(blob, bytes, offset, opened);
    }

    private void open(PackedBlob blob, byte[] bytes, int offset, byte[] plain) throws FormatException {
        int length = blob.plainLength();
        try {
            if (blob.uncompressedLength() == 0) {
                cipher.open(bytes, offset, blob.length(), plain, 0);
            } else {
                decompress(blob, bytes, offset, plain);
            }
        } catch (AEADBadTagException e) {
            throw new FormatException("its bytes were changed", e);
        }
        if (!hash(plain, 0, length).equals(blob.id())) {
            throw new FormatException("its content is not what its id promises");
        }
    }

    private void decompress(PackedBlob blob, byte[] bytes, int offset, byte[] plain)
            throws AEADBadTagException, FormatException {
        compressed = atLeast(compressed, blob.length());
        int size = cipher.open(bytes, offset, blob.length(), compressed, 0);
        int length = blob.uncompressedLength();
        try {
            int got = decompressor.decompressByteArray(plain, 0, length, compressed, 0, size);
            if (got != length) {
                throw new FormatException("it has " + got + " bytes instead of " + length);
            }
        } catch (ZstdException e) {
            throw new FormatException("it cannot be decompressed: " + e.getMessage(), e);
        }
    }

    /** Gives back the space that an unusually large blob took. */
    void trim() {
        compressed = trimmed(compressed);
        sealed = trimmed(sealed);
        opened = trimmed(opened);
    }

    private static byte[] trimmed(byte[] buffer) {
        return buffer.length > MAX_KEPT ? new byte[0] : buffer;
    }

    private static byte[] atLeast(byte[] buffer, int length) {
        return buffer.length >= length ? buffer : new byte[length + length / 8];
    }

    @Override
    public void close() {
        compressor.close();
        decompressor.close();
    }
}
