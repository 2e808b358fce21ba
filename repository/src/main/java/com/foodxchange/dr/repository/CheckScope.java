package com.foodxchange.dr.repository;

/**
 * How much a check looks at. Structure alone reads everything but the content of files; reading data takes as long as
 * reading the whole repository, or a part of it.
 *
 * @param part which part of the data is read, from 1; as in restic, packs fall into parts by the first byte of their id
 * @param parts into how many parts, at most 256. Reading each part once reads everything
 */
public record CheckScope(boolean readData, int part, int parts) {
    public CheckScope {
        if (parts < 1 || parts > 256 || part < 1 || part > parts) {
            throw new IllegalArgumentException("no part of the data: " + part + "/" + parts);
        }
    }

    /** No data. */
    public static CheckScope structure() {
        return new CheckScope(false, 1, 1);
    }

    /** All data. */
    public static CheckScope allData() {
        return new CheckScope(true, 1, 1);
    }

    /** One part of the data. */
    public static CheckScope partOfData(int part, int parts) {
        return new CheckScope(true, part, parts);
    }

    boolean reads(BlobId pack) {
        return readData && (int) (pack.a() >>> 56) % parts == part - 1;
    }
}
