package com.foodxchange.dr.recovery;

/** Why a full backup was taken and not an incremental one. */
public enum FullReason {
    ASKED("asked", "it was asked for"),
    FIRST("first", "it is the first backup of this source"),
    NO_FULL("no-full", "there is no full backup that an incremental one could continue"),
    STANDALONE("standalone", "a standalone server has no oplog"),
    OTHER_SET("other-set", "the source is another replica set than before"),
    OTHER_DATABASES("other-databases", "other databases are asked for than before"),
    OPLOG_GAP("oplog-gap", "the oplog rolled over before its entries were taken"),
    ROLLBACK("rollback", "the replica set rolled back to another history");

    private final String label;
    private final String text;

    FullReason(String label, String text) {
        this.label = label;
        this.text = text;
    }

    /** As it stands in tags and manifests. */
    public String label() {
        return label;
    }

    /** The reason as the end of a sentence. */
    public String text() {
        return text;
    }
}
