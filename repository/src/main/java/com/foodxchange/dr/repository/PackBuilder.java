package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pack in memory that grows blob by blob. Not thread-safe. */
final class PackBuilder {
    /** A pack is full when its blobs have reached this length, as in restic. */
    static final int TARGET_BYTES = 16 << 20;

    private static final int USUAL_BYTES = TARGET_BYTES + (TARGET_BYTES >> 4);
    private static final int MAX_BLOBS = 40_000;

    private byte[] bytes;
    private int length;
    private final List<PackedBlob> blobs = new ArrayList<>();

    PackBuilder() {
        bytes = new byte[USUAL_BYTES];
    }

    void add(BlobType type, BlobId id, int plainLength, byte[] sealed, int sealedLength) {
        add(new PackedBlob(type, id, 0, sealedLength, plainLength), sealed, 0);
    }

    /** Appends a blob that lies encrypted at {@code sealed[offset]}; where it lay before does not matter. */
    void add(PackedBlob blob, byte[] sealed, int offset) {
        int sealedLength = blob.length();
        reserve(sealedLength);
        System.arraycopy(sealed, offset, bytes, length, sealedLength);
        blobs.add(new PackedBlob(blob.type(), blob.id(), length, sealedLength, blob.uncompressedLength()));
        length += sealedLength;
    }

    boolean isFull() {
        return length >= TARGET_BYTES || blobs.size() >= MAX_BLOBS;
    }

    boolean isEmpty() {
        return blobs.isEmpty();
    }

    /**
     * Appends the header and reads everything back as a reader would: what is stored is known to be readable.
     *
     * @return the whole pack's name and blobs
     * @throws FormatException if a blob does not come back as it was, which only bad hardware explains
     */
    PackBlobs finish(MessageCipher cipher, BlobCodec codec) throws FormatException {
        byte[] header = PackHeader.encode(blobs);
        int sealed = header.length + MessageCipher.OVERHEAD;
        reserve(sealed + PackHeader.LENGTH_BYTES);
        cipher.seal(header, 0, header.length, bytes, length);
        length += sealed;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(length, sealed);
        length += PackHeader.LENGTH_BYTES;
        if (!PackReader.blobs(cipher, bytes, length).equals(blobs)) {
            throw new FormatException("the header of the pack does not come back as it was");
        }
        for (PackedBlob blob : blobs) {
            codec.verify(blob, bytes, (int) blob.offset());
        }
        return new PackBlobs(codec.hash(bytes, 0, length), blobs);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Makes it empty, for the next pack. */
    void clear() {
        length = 0;
        blobs.clear();
        if (bytes.length > 2 * TARGET_BYTES) {
            bytes = new byte[USUAL_BYTES]; // An unusually large blob is no reason to keep its space.
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, length + more + (1 << 20));
        }
    }
}
