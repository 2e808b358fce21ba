package com.foodxchange.dr.repository;

/** Is told how far a check or a prune has come with packs; by one thread at a time. */
@FunctionalInterface
public interface PackProgress {
    /** Tells nobody. */
    PackProgress NONE = (packs, allPacks, bytes, allBytes) -> {};

    /** So many packs and bytes are done of all that there are to do. */
    void done(long packs, long allPacks, long bytes, long allBytes);
}
