package com.foodxchange.dr.repository;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that names everything. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing in this Java", e);
        }
    }

    static BlobId hash(byte[] bytes, int offset, int length) {
        return hash(digest(), bytes, offset, length);
    }

    static BlobId hash(MessageDigest digest, byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return BlobId.of(digest.digest(), 0);
    }
}
