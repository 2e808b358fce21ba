package com.foodxchange.dr.recovery.upkeep;

import com.foodxchange.dr.repository.PackProgress;

/** Is told how far a check has come: first with packs, then with what is in the backups; by one thread at a time. */
@FunctionalInterface
public interface CheckProgress extends PackProgress {
    /** So many files and bytes of backups have been read as a restore reads them, of all that there are to read. */
    default void read(long files, long allFiles, long bytes, long allBytes) {}
}
