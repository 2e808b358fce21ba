package com.foodxchange.dr.recovery;

import java.util.Locale;

/** What a snapshot holds. */
public enum BackupKind {
    /** Every collection, with the oplog entries that make them consistent. */
    FULL,
    /** The oplog entries after an earlier backup, called a slice. */
    INCREMENTAL;

    /** As it stands in tags and manifests. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
