package com.foodxchange.dr.repository;

/**
 * What a prune does; sizes in bytes.
 *
 * @param packsKept packs that stay as they are, {@code bytesKept} long together
 * @param packsRepacked packs that are removed, {@code bytesRepacked} long together, after what is needed of them,
 *     {@code bytesCopied}, went into new packs
 * @param packsRemoved packs in which nothing is needed, {@code bytesRemoved} long together, those that no index names
 *     included
 * @param bytesUnused what stays though nothing needs it, because moving the rest costs more than it frees
 * @param writesIndex whether the index is written anew, because packs go or its files are damaged, incomplete or too many
 */
public record PrunePlan(
        long packsKept,
        long bytesKept,
        long packsRepacked,
        long bytesRepacked,
        long bytesCopied,
        long packsRemoved,
        long bytesRemoved,
        long bytesUnused,
        boolean writesIndex) {
    /** By how much the packs become smaller together. */
    public long bytesFreed() {
        return bytesRemoved + bytesRepacked - bytesCopied;
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return packsRepacked == 0 && packsRemoved == 0 && !writesIndex;
    }
}
