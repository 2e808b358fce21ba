package com.foodxchange.dr.cli.demo;

import com.foodxchange.dr.mongo.dump.DocumentReader;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.SnapshotDumpSource;
import com.foodxchange.dr.recovery.Window;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the oplog in the repository up to the drop of a collection: the entry just before it is the last good moment.
 * Not thread-safe.
 */
final class LastGoodMoment {
    private static final String OPLOG = "oplog.bson";

    private final Repository repository;
    private final String database;
    private final String dropped;
    private final OplogEntry entry = new OplogEntry();
    private long before;
    private int changes;
    private boolean found;

    /**
     * What was found.
     *
     * @param changes how many changes of the {@link Writer} it includes
     */
    record Found(BsonTimestamp moment, int changes) {}

    LastGoodMoment(Repository repository, String database, String dropped) {
        this.repository = repository;
        this.database = database;
        this.dropped = dropped;
    }

    /** The last entry before the drop; null when there is no drop in the window. */
    @Nullable
    Found find(Window window) throws IOException, InterruptedException {
        List<BackupSnapshot> backups = new ArrayList<>();
        backups.add(window.fulls().getFirst());
        backups.addAll(window.slices());
        for (BackupSnapshot backup : backups) {
            SnapshotDumpSource tree = new SnapshotDumpSource(repository.read(backup.snapshot()));
            try (DocumentReader entries = new DocumentReader(tree.open(OPLOG))) {
                while (!found && entries.next()) {
                    look(entry.open(entries.buffer(), entries.offset()));
                }
            }
            if (found) {
                return new Found(new BsonTimestamp(before), changes);
            }
        }
        return null;
    }

    private void look(OplogEntry next) {
        if (Long.compareUnsigned(next.ts(), before) <= 0) {
            return; // slices may overlap
        }
        String namespace = next.namespace();
        if (next.op() == 'c' && namespace.equals(database + ".$cmd")) {
            BsonValue drop = next.command().get("drop");
            found = drop != null
                    && drop.isString()
                    && drop.asString().getValue().equals(dropped);
            if (found) {
                return;
            }
        } else if (namespace.startsWith(database + ".")) {
            count(next);
        }
        before = next.ts();
    }

    /** A removal does not say which change it is: it is the one after the last. */
    private void count(OplogEntry next) {
        if (next.op() == 'd') {
            changes++;
        } else {
            long revision = revision(next.command());
            changes = revision > 0 ? (int) revision : changes;
        }
    }

    /** Wherever the entry's format has it: in the document, in the fields set, in a diff. */
    private static long revision(BsonDocument document) {
        BsonValue own = document.get(Writer.REVISION);
        if (own instanceof BsonNumber number) {
            return number.longValue();
        }
        for (BsonValue value : document.values()) {
            long inner = value.isDocument() ? revision(value.asDocument()) : 0;
            if (inner > 0) {
                return inner;
            }
        }
        return 0;
    }
}
