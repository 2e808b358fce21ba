package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.bson.BsonBuffer;
import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.bson.Bytes;
import com.foodxchange.dr.mongo.bson.IdKey;
import com.foodxchange.dr.mongo.bson.UpdateApplier;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes the entries of the oplog in order and keeps what they make of the collections. Not thread-safe. */
final class EntryApplier {
    private static final byte[] APPLY_OPS = "applyOps".getBytes(StandardCharsets.US_ASCII);

    private final Catalog catalog;
    private final Commands commands;
    private final Views views;
    private final Transactions transactions;
    private final Anomalies anomalies;
    private final Set<String> databases;

    private final IdKey key = new IdKey();
    private final UpdateApplier updates = new UpdateApplier();
    private final BsonBuffer reordered = new BsonBuffer(1024);
    /** Collections that a backup does not cover, so that each name is looked at once. */
    private final Set<UUID> uncovered = new HashSet<>();

    private Phase phase = Phase.BEFORE_SCAN;

    EntryApplier(Catalog catalog, SpillStore store, Anomalies anomalies, Set<String> databases) {
        this.catalog = catalog;
        this.commands = new Commands(catalog, databases);
        this.views = new Views(catalog);
        this.transactions = new Transactions(store);
        this.anomalies = anomalies;
        this.databases = databases;
    }

    void apply(OplogEntry entry, Phase when) throws IOException {
        phase = when;
        if (entry.inTransaction()) {
            transaction(entry);
        } else if (phase != Phase.BEFORE_SCAN) {
            operation(entry, entry.ts());
        }
    }

    private void transaction(OplogEntry entry) throws IOException {
        switch (transactions.step(entry)) {
            case PART -> transactions.keep(entry);
            case ABORT -> transactions.forget(entry);
            case COMMIT -> commit(entry);
            case OTHER -> {
                if (phase != Phase.BEFORE_SCAN) {
                    operation(entry, entry.ts());
                }
            }
        }
    }

    private void commit(OplogEntry entry) throws IOException {
        if (phase == Phase.BEFORE_SCAN) {
            transactions.forget(entry);
            return;
        }
        if (entry.hasPrevious() && !transactions.keeps(entry)) {
            anomalies.add(
                    "transactions",
                    "committed transactions began before the oplog that this backup holds, so their first operations"
                            + " are missing");
        }
        long ts = entry.ts();
        transactions.drain(entry, object -> operations(object, 0, ts));
        operations(entry.buffer(), entry.object(), ts);
    }

    /** The operations in the {@code applyOps} of a command, if it has one. */
    private void operations(byte[] buffer, int object, long ts) throws IOException {
        BsonCursor command = new BsonCursor(buffer, object);
        if (!command.find(APPLY_OPS)) {
            return;
        }
        BsonCursor operations = new BsonCursor(buffer, command.valueOffset());
        OplogEntry operation = new OplogEntry();
        while (operations.next()) {
            operation(operation.open(buffer, operations.valueOffset()), ts);
        }
    }

    private void operation(OplogEntry entry, long ts) throws IOException {
        switch (entry.op()) {
            case 'i', 'u', 'd' -> change(entry, ts);
            case 'c' -> {
                if (new BsonCursor(entry.buffer(), entry.object()).find(APPLY_OPS)) {
                    operations(entry.buffer(), entry.object(), ts);
                } else {
                    commands.apply(entry, ts, phase);
                }
            }
            // no-ops, and the two-letter kinds that concern the server's inner tables
            case 'n', 'I', 'D', 'U', 'M' -> {}
            default ->
                throw new DeploymentException(
                        Kind.UNKNOWN_ENTRY,
                        "the oplog entry at " + OplogEntry.format(ts) + " is of the kind '" + (char) entry.op()
                                + "', and what it does to the data is not known here",
                        "restore to a moment before it, or use a newer version of this program");
        }
    }

    private void change(OplogEntry entry, long ts) throws IOException {
        CollectionState state = catalog.find(entry);
        if (state == null) {
            state = findByName(entry, ts);
        }
        if (state == null) {
            return;
        }
        byte[] buffer = entry.buffer();
        ChangeTable changes = state.changes();
        switch (entry.op()) {
            case 'i' -> {
                if (readKey(buffer, entry.object(), state)) {
                    put(changes, buffer, entry.object(), true);
                }
            }
            case 'd' -> {
                if (readKey(buffer, entry.object(), state)) {
                    changes.remove(key);
                }
            }
            default -> update(entry, state);
        }
    }

    private void update(OplogEntry entry, CollectionState state) throws IOException {
        byte[] buffer = entry.buffer();
        int object = entry.object();
        if (updates.isReplacement(buffer, object)) {
            if (readKey(buffer, object, state)) {
                put(state.changes(), buffer, object, false);
            }
        } else if (readKey(buffer, entry.hasObject2() ? entry.object2() : object, state)) {
            int length = Bytes.int32(buffer, object);
            state.changes().patch(key, buffer, object, length, phase == Phase.AFTER_SCAN);
        }
    }

    /** Puts a document as the server stores it: with its {@code _id} in front, wherever the entry has it. */
    private void put(ChangeTable changes, byte[] buffer, int offset, boolean inserted) throws IOException {
        if (key.isFirst(offset)) {
            changes.put(key, buffer, offset, Bytes.int32(buffer, offset), inserted);
        } else {
            reordered.clear();
            key.moveFirst(buffer, offset, reordered);
            changes.put(key, reordered.array(), 0, reordered.length(), inserted);
        }
    }

    private boolean readKey(byte[] buffer, int offset, CollectionState state) {
        if (key.readFrom(buffer, offset)) {
            return true;
        }
        anomalies.add(state.namespace().toString(), "changes of documents without an _id could not be applied");
        return false;
    }

    private @Nullable CollectionState findByName(OplogEntry entry, long ts) {
        UUID uuid = entry.uuid();
        if (uuid != null && uncovered.contains(uuid)) {
            return null;
        }
        String name = entry.namespace();
        int dot = name.indexOf('.');
        if (dot <= 0 || dot == name.length() - 1) {
            throw BsonCursor.corrupt(
                    "the oplog entry at " + OplogEntry.format(ts) + " with the namespace '" + name + "'");
        }
        Namespace namespace = Namespace.parse(name);
        boolean wanted = databases.isEmpty() || databases.contains(namespace.database());
        if (wanted && Views.isViews(name) && Coverage.coversDatabase(namespace.database())) {
            views.apply(entry);
            return null;
        }
        if (!wanted || !Coverage.covers(namespace.database(), namespace.collection())) {
            if (uuid != null) {
                uncovered.add(uuid);
            }
            return null;
        }
        CollectionState state = catalog.find(namespace, uuid != null);
        if (state == null && phase == Phase.AFTER_SCAN) {
            anomalies.add(name, "changes are of a collection that neither the full backup nor the oplog knows");
        }
        return state;
    }
}
