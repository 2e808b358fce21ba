package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The header at the end of a pack: one entry per blob, without offsets, because the blobs lie in the order of the
 * entries from the first byte on with no gap. The header is one encrypted message; four bytes with its length follow.
 */
final class PackHeader {
    static final int LENGTH_BYTES = 4;
    /** What a pack has besides blobs and header entries. */
    static final int FRAME_BYTES = MessageCipher.OVERHEAD + LENGTH_BYTES;

    static final int MAX_BYTES = 16 << 20;

    private static final int RAW_ENTRY = 1 + 4 + BlobId.BYTES;
    private static final int COMPRESSED_ENTRY = RAW_ENTRY + 4;

    private PackHeader() {}

    static int entryBytes(PackedBlob blob) {
        return blob.uncompressedLength() == 0 ? RAW_ENTRY : COMPRESSED_ENTRY;
    }

    /** The plaintext of the header. */
    static byte[] encode(List<PackedBlob> blobs) {
        ByteBuffer out = ByteBuffer.allocate(
                        blobs.stream().mapToInt(PackHeader::entryBytes).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (PackedBlob blob : blobs) {
            boolean compressed = blob.uncompressedLength() != 0;
            out.put((byte) (blob.type().code() + (compressed ? 2 : 0)));
            out.putInt(blob.length());
            if (compressed) {
                out.putInt(blob.uncompressedLength());
            }
            byte[] id = new byte[BlobId.BYTES];
            blob.id().writeTo(id, 0);
            out.put(id);
        }
        return out.array();
    }

    /** The blobs that the plaintext of a header names; {@code room}: how many bytes of the pack are blobs. */
    static List<PackedBlob> decode(byte[] header, long room) throws FormatException {
        List<PackedBlob> blobs = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        long offset = 0;
        while (in.hasRemaining()) {
            PackedBlob blob = decodeEntry(in, offset);
            blobs.add(blob);
            offset = blob.end();
        }
        if (offset != room) {
            throw new FormatException(
                    "the header of the pack names " + offset + " bytes of blobs, the pack has " + room);
        }
        return blobs;
    }

    private static PackedBlob decodeEntry(ByteBuffer in, long offset) throws FormatException {
        int kind = in.get();
        if (kind < 0 || kind > 3) {
            throw new FormatException("the header of the pack names a blob of unknown type " + kind);
        }
        boolean compressed = kind >= 2;
        if (in.remaining() < (compressed ? COMPRESSED_ENTRY : RAW_ENTRY) - 1) {
            throw new FormatException("the header of the pack ends within an entry");
        }
        int length = in.getInt();
        int uncompressed = compressed ? in.getInt() : 0;
        if (length < MessageCipher.OVERHEAD
                || length > PackedBlob.MAX_LENGTH
                || uncompressed < 0
                || uncompressed > PackedBlob.MAX_LENGTH) {
            throw new FormatException("the header of the pack names a blob of impossible length");
        }
        byte[] id = new byte[BlobId.BYTES];
        in.get(id);
        return new PackedBlob(BlobType.ofCode(kind & 1), BlobId.of(id, 0), offset, length, uncompressed);
    }
}
