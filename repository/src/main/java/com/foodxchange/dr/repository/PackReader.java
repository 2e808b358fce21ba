package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import javax.crypto.AEADBadTagException;

/** Reads what a pack says of itself. Not thread-safe. */
final class PackReader {
    private static final int FIRST_GUESS = 8 << 10;

    private final BlobStore store;
    private final MessageCipher cipher;

    PackReader(BlobStore store, MessageCipher cipher) {
        this.store = store;
        this.cipher = cipher;
    }

    static Handle handle(BlobId pack) {
        return new Handle(FileType.DATA, pack.hex());
    }

    /** The blobs of a stored pack of this size, as its header names them; reads no more than the header. */
    List<PackedBlob> blobs(BlobId pack, long size) throws IOException, FormatException {
        int tail = (int) Math.min(size, FIRST_GUESS);
        byte[] end = store.load(handle(pack), size - tail, tail);
        int header = headerLength(end, end.length, size);
        int whole = header + PackHeader.LENGTH_BYTES;
        if (whole > tail) {
            end = store.load(handle(pack), size - whole, whole);
        }
        return blobs(cipher, end, end.length - whole, header, size - whole);
    }

    /** The blobs of a pack in {@code bytes[0, length)}. */
    static List<PackedBlob> blobs(MessageCipher cipher, byte[] bytes, int length) throws FormatException {
        int header = headerLength(bytes, length, length);
        int start = length - PackHeader.LENGTH_BYTES - header;
        return blobs(cipher, bytes, start, header, start);
    }

    private static int headerLength(byte[] bytes, int end, long size) throws FormatException {
        if (end < PackHeader.FRAME_BYTES) {
            throw new FormatException("the pack is too short: " + size + " bytes");
        }
        int length = ByteBuffer.wrap(bytes, end - PackHeader.LENGTH_BYTES, PackHeader.LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (length < MessageCipher.OVERHEAD
                || length > PackHeader.MAX_BYTES
                || length > size - PackHeader.LENGTH_BYTES) {
            throw new FormatException("the pack has a header of impossible length " + Integer.toUnsignedString(length));
        }
        return length;
    }

    private static List<PackedBlob> blobs(MessageCipher cipher, byte[] bytes, int start, int length, long room)
            throws FormatException {
        byte[] header = new byte[length - MessageCipher.OVERHEAD];
        try {
            cipher.open(bytes, start, length, header, 0);
        } catch (AEADBadTagException e) {
            throw new FormatException("the header of the pack is damaged", e);
        }
        return PackHeader.decode(header, room);
    }
}
