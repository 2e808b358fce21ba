package com.foodxchange.dr.repository;

import java.util.List;

/** Every snapshot that can be read, oldest first, and every snapshot file that cannot. */
public record SnapshotList(List<Snapshot> snapshots, List<Damage> unreadable) {
    public SnapshotList {
        snapshots = List.copyOf(snapshots);
        unreadable = List.copyOf(unreadable);
    }
}
