package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/** Records in the order of insertion. In a capped collection it ends with an error when what it stands on is gone. */
final class NaturalScan implements Scan {
    private final Records records;
    private final boolean forward;
    private final boolean capped;
    private long position;
    private boolean started;

    NaturalScan(Records records, boolean forward, boolean capped) {
        this(records, forward, capped, forward ? -1 : Long.MAX_VALUE);
    }

    /** Starts after (or before) a record number, which need not be there. */
    NaturalScan(Records records, boolean forward, boolean capped, long position) {
        this.records = records;
        this.forward = forward;
        this.capped = capped;
        this.position = position;
    }

    @Override
    public Records.@Nullable Stored next() {
        if (capped && started && records.get(position) == null) {
            throw new CommandException(
                    136,
                    "CappedPositionLost",
                    "CollectionScan died due to position in capped collection being deleted. Last seen record id: RecordId("
                            + position + ")");
        }
        Records.Stored next = forward ? records.after(position) : records.before(position);
        if (next != null) {
            position = next.id();
            started = true;
        }
        return next;
    }
}
