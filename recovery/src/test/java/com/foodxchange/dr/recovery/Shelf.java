package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.repository.BlobId;
import com.foodxchange.dr.repository.Damage;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.SnapshotList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts snapshots together as a repository would list them, for tests of what their tags tell. */
final class Shelf {
    final List<Snapshot> snapshots = new ArrayList<>();
    final List<Damage> unreadable = new ArrayList<>();
    private int made;

    Snapshot full(String set, long to, long term, FullReason reason) {
        return add(new SnapshotTags(
                "orders", BackupKind.FULL, set, List.of(), at(to - 2, term), at(to, term), null, reason));
    }

    Snapshot slice(String set, long previous, long previousTerm, long to, long term) {
        return add(new SnapshotTags(
                "orders",
                BackupKind.INCREMENTAL,
                set,
                List.of(),
                at(previous + 1, term),
                at(to, term),
                at(previous, previousTerm),
                null));
    }

    Snapshot add(SnapshotTags tags) {
        made++;
        Snapshot snapshot = new Snapshot(
                "%064x".formatted(made),
                Instant.ofEpochSecond(1_000_000 + made * 60L),
                null,
                new BlobId(0, 0, 0, made),
                List.of("/dr/orders"),
                "orders",
                "",
                tags.toList(),
                null,
                null,
                null);
        snapshots.add(snapshot);
        return snapshot;
    }

    /** The file of a snapshot can no longer be read. */
    void damage(@Nullable Snapshot snapshot) {
        if (snapshot != null && snapshots.remove(snapshot)) {
            unreadable.add(new Damage("snapshots/" + snapshot.id(), "it is torn"));
        }
    }

    Backups backups() {
        return Backups.of(new SnapshotList(snapshots, unreadable));
    }

    Timeline timeline() {
        return backups().timeline("orders");
    }

    static OpTime at(long seconds, long term) {
        return OpTime.of(seconds, 1, term);
    }
}
