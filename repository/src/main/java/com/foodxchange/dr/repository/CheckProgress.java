package com.foodxchange.dr.repository;

/** Is told how far a check has read the data; by one thread at a time. */
@FunctionalInterface
public interface CheckProgress {
    /** Tells nobody. */
    CheckProgress NONE = (packs, allPacks, bytes, allBytes) -> {};

    /** So many packs and bytes of all that are to be read. */
    void read(long packs, long allPacks, long bytes, long allBytes);
}
