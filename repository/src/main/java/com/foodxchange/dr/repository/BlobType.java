package com.foodxchange.dr.repository;

import java.util.Locale;

/** What a blob is. The same bytes may be there as both. */
enum BlobType {
    /** A stretch of a file. */
    DATA(0),
    /** A folder. */
    TREE(1);

    private final int code;

    BlobType(int code) {
        this.code = code;
    }

    /** The type in the headers of packs, where compressed blobs have 2 more. */
    int code() {
        return code;
    }

    static BlobType ofCode(int code) {
        return code == DATA.code ? DATA : TREE;
    }

    String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BlobType ofJson(String name) throws FormatException {
        return switch (name) {
            case "data" -> DATA;
            case "tree" -> TREE;
            default -> throw new FormatException("unknown type of blob: " + name);
        };
    }
}
