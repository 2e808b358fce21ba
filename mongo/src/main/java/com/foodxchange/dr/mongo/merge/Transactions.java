package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.bson.Bytes;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import com.foodxchange.dr.mongo.oplog.OplogEntry.TransactionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Transactions that are under way while the oplog is read. A large one comes as several {@code applyOps} entries with
 * {@code partialTxn}, the last one without it; a prepared one ends with {@code prepare} and waits for
 * {@code commitTransaction} or {@code abortTransaction}. Its operations count from the commit on and never in part.
 */
final class Transactions {
    private static final byte[] APPLY_OPS = ascii("applyOps");
    private static final byte[] PARTIAL = ascii("partialTxn");
    private static final byte[] PREPARE = ascii("prepare");
    private static final byte[] COMMIT = ascii("commitTransaction");
    private static final byte[] ABORT = ascii("abortTransaction");

    private final SpillStore store;
    private final Map<TransactionId, Pending> pending = new HashMap<>();
    private final BsonCursor cursor = new BsonCursor();

    Transactions(SpillStore store) {
        this.store = store;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What an entry means for its transaction. */
    enum Step {
        /** Its operations are kept until the transaction ends. */
        PART,
        /** The transaction is committed; its operations are those kept, and those of this entry if it has any. */
        COMMIT,
        ABORT,
        /** The entry is a command that has nothing to do with the transaction. */
        OTHER
    }

    Step step(OplogEntry entry) {
        cursor.open(entry.buffer(), entry.object());
        if (!cursor.next()) {
            return Step.OTHER;
        }
        if (cursor.nameIs(COMMIT)) {
            return Step.COMMIT;
        }
        if (cursor.nameIs(ABORT)) {
            return Step.ABORT;
        }
        if (!cursor.nameIs(APPLY_OPS)) {
            return Step.OTHER;
        }
        while (cursor.next()) {
            if ((cursor.nameIs(PARTIAL) || cursor.nameIs(PREPARE)) && cursor.truth()) {
                return Step.PART;
            }
        }
        return Step.COMMIT;
    }

    /** Keeps the operations of an entry. */
    void keep(OplogEntry entry) throws IOException {
        TransactionId id = entry.transactionId();
        if (!entry.hasPrevious()) {
            forget(id);
        }
        pending.computeIfAbsent(id, ignored -> new Pending(new SegmentedLog(store)))
                .add(entry);
    }

    /** Whether an earlier part of the entry's transaction is kept. */
    boolean keeps(OplogEntry entry) {
        return pending.containsKey(entry.transactionId());
    }

    /** Hands over the {@code o} of every part kept, in order, each in an array of its own; the transaction is forgotten. */
    void drain(OplogEntry entry, PartConsumer consumer) throws IOException {
        Pending transaction = pending.get(entry.transactionId());
        if (transaction != null) {
            for (long pointer : transaction.pointers) {
                consumer.accept(transaction.read(pointer));
            }
            forget(entry.transactionId());
        }
    }

    /** Takes the parts of a transaction one by one. */
    interface PartConsumer {
        void accept(byte[] object) throws IOException;
    }

    void forget(OplogEntry entry) {
        forget(entry.transactionId());
    }

    private void forget(TransactionId id) {
        Pending transaction = pending.remove(id);
        if (transaction != null) {
            transaction.log.release();
        }
    }

    private static final class Pending {
        private final SegmentedLog log;
        private final List<Long> pointers = new ArrayList<>();

        Pending(SegmentedLog log) {
            this.log = log;
        }

        void add(OplogEntry entry) throws IOException {
            int length = Bytes.int32(entry.buffer(), entry.object());
            long pointer = log.allocate(length);
            log.segment(pointer).put(SegmentedLog.offset(pointer), entry.buffer(), entry.object(), length);
            pointers.add(pointer);
        }

        byte[] read(long pointer) {
            ByteBuffer segment = log.segment(pointer);
            int at = SegmentedLog.offset(pointer);
            byte[] part = new byte[segment.getInt(at)];
            segment.get(at, part);
            return part;
        }
    }
}
