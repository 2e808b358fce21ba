package com.foodxchange.dr.sandbox;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code local.oplog.rs}: entries by their timestamp, in the format of a 6.0 server. Written under the server's lock, read
 * without.
 */
final class Oplog {
    static final Namespace NAMESPACE = new Namespace("local", "oplog.rs");
    private static final String RECORDS = "oplog";

    private final Records records;
    private final InstantSource clock;
    private final int maxEntries;
    private final long maxBytes;
    private final Writer writer = new Writer(4096);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong size = new AtomicLong();
    /** The timestamp of the last entry that was ever written: seconds in the upper, ordinal in the lower half. */
    private volatile long last;

    private volatile long lastTerm;
    private volatile long lastWall;
    private long term;

    Oplog(Store store, InstantSource clock, int maxEntries, long maxBytes) {
        this.records = store.records(RECORDS);
        this.clock = clock;
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        for (Records.Stored entry = records.after(-1); entry != null; entry = records.after(entry.id())) {
            count.incrementAndGet();
            size.addAndGet(entry.document().length());
        }
        Records.Stored newest = newest();
        if (newest != null) {
            Value entry = newest.document();
            Value termOfEntry = entry.get("t");
            Value wall = entry.get("wall");
            last = newest.id();
            lastTerm = termOfEntry == null ? 0 : termOfEntry.number();
            lastWall = wall == null ? 0 : wall.int64();
        }
    }

    Records records() {
        return records;
    }

    long count() {
        return count.get();
    }

    long size() {
        return size.get();
    }

    long maxBytes() {
        return maxBytes;
    }

    /** The timestamp of the newest entry. */
    long last() {
        return last;
    }

    long lastTerm() {
        return lastTerm;
    }

    /** When the newest entry was written, in milliseconds. */
    long lastWall() {
        return lastWall;
    }

    long term() {
        return term;
    }

    Records.@Nullable Stored newest() {
        return records.before(Long.MAX_VALUE);
    }

    /** Starts a term: the first ever, or the one after an election. */
    void startTerm(long newTerm) {
        if (count.get() == 0) {
            term = -1;
            append(start("n", "", null)
                    .startDocument("o")
                    .put("msg", "initiating set")
                    .close());
        }
        term = newTerm;
        append(start("n", "", null).startDocument("o").put("msg", "new primary").close());
    }

    void noop() {
        append(start("n", "", null)
                .startDocument("o")
                .put("msg", "periodic noop")
                .close());
    }

    void insert(Collection collection, byte[] document, @Nullable Statement statement) {
        insert(collection, document, statement, false);
    }

    void insert(Collection collection, byte[] document, @Nullable Statement statement, boolean migrated) {
        Value value = Value.document(document);
        start("i", collection.namespace().toString(), collection.uuid(), statement)
                .put("o", value);
        writer.startDocument("o2").put("_id", Collection.id(value)).close();
        append(migrated ? writer.put("fromMigrate", true) : writer);
    }

    /** {@code change} is a whole document or a {@code $v:2} diff. */
    void update(Collection collection, Value id, Value change, @Nullable Statement statement) {
        start("u", collection.namespace().toString(), collection.uuid(), statement)
                .put("o", change);
        append(writer.startDocument("o2").put("_id", id).close());
    }

    void delete(Collection collection, Value id, @Nullable Statement statement) {
        start("d", collection.namespace().toString(), collection.uuid(), statement);
        append(writer.startDocument("o").put("_id", id).close());
    }

    void command(String database, @Nullable UUID uuid, Value command, @Nullable Value before) {
        append(start("c", database + ".$cmd", uuid).put("o", command).putIf("o2", before));
    }

    private Writer start(String op, String namespace, @Nullable UUID uuid) {
        return start(op, namespace, uuid, null);
    }

    private Writer start(String op, String namespace, @Nullable UUID uuid, @Nullable Statement statement) {
        writer.clear();
        writer.open();
        if (statement != null) {
            writer.put("lsid", statement.session()).put("txnNumber", statement.txnNumber());
        }
        writer.put("op", op).put("ns", namespace);
        if (uuid != null) {
            writer.put("ui", uuid);
        }
        return statement == null ? writer : writer.put("stmtId", statement.number());
    }

    private void append(Writer entry) {
        long timestamp = nextTimestamp();
        long wall = clock.millis();
        entry.putTimestamp("ts", timestamp);
        if (term >= 0) {
            entry.put("t", term);
        }
        byte[] bytes = entry.put("v", 2L).putDate("wall", wall).close().toBytes();
        records.put(timestamp, bytes);
        count.incrementAndGet();
        size.addAndGet(bytes.length);
        lastTerm = term;
        lastWall = wall;
        last = timestamp;
        while (count.get() > maxEntries || (size.get() > maxBytes && count.get() > 1)) {
            removeOldest();
        }
    }

    /** Always later than every other, also when the clock goes backwards. */
    private long nextTimestamp() {
        long seconds = clock.millis() / 1000;
        return seconds > last >>> 32 ? (seconds << 32) | 1 : last + 1;
    }

    private void removeOldest() {
        Records.Stored oldest = records.after(-1);
        if (oldest != null) {
            drop(oldest);
        }
    }

    private void drop(Records.Stored entry) {
        records.remove(entry.id());
        count.decrementAndGet();
        size.addAndGet(-entry.document().length());
    }

    /** Removes the oldest entries until {@code keep} are left, but never the newest. */
    void trim(int keep) {
        while (count.get() > Math.max(1, keep)) {
            removeOldest();
        }
    }

    /** Removes and returns the newest entry, or null when it is the only one. The timestamp is not used again. */
    Records.@Nullable Stored takeBack() {
        Records.Stored newest = newest();
        if (newest == null || count.get() == 1) {
            return null;
        }
        drop(newest);
        return newest;
    }
}
