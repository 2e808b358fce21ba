package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;

/**
 * A blob and where in its pack it lies.
 *
 * @param offset from 0 to 2^32 - 1
 * @param length as stored, encryption included
 * @param uncompressedLength of the plaintext, or 0 when it is stored uncompressed
 */
record PackedBlob(BlobType type, BlobId id, long offset, int length, int uncompressedLength) {
    /** More is no blob but an attempt to exhaust memory, or damage. */
    static final int MAX_LENGTH = 512 << 20;

    /** The length of the plaintext. */
    int plainLength() {
        return uncompressedLength == 0 ? length - MessageCipher.OVERHEAD : uncompressedLength;
    }

    long end() {
        return offset + length;
    }
}
