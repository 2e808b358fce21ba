package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A collection: records in the order of insertion, found by {@code _id}. Written under the server's lock, read without.
 */
final class Collection {
    private static final int MAX_DOCUMENT = 16 * 1024 * 1024;

    private final Store store;
    private final UUID uuid;
    private final Records records;
    private final ConcurrentSkipListMap<Value, Long> ids = new ConcurrentSkipListMap<>(Order::compare);
    private final CopyOnWriteArrayList<Index> indexes = new CopyOnWriteArrayList<>();
    private volatile Namespace namespace;
    private volatile Value options;
    private volatile boolean capped;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong size = new AtomicLong();
    private long lastRecord;

    private Collection(Store store, UUID uuid, Namespace namespace, Value options) {
        this.store = store;
        this.uuid = uuid;
        this.namespace = namespace;
        this.options = options;
        this.capped = isCapped(options);
        this.records = store.records(uuid.toString());
    }

    static Collection create(Store store, UUID uuid, Namespace namespace, Value options, Value idIndex) {
        Collection collection = new Collection(store, uuid, namespace, options);
        collection.indexes.add(new Index(idIndex));
        collection.describe();
        return collection;
    }

    /** What {@link #describe} wrote, with its documents. */
    static Collection open(Store store, UUID uuid, Value description) {
        Namespace namespace = Namespace.parse(text(description, "ns"));
        Collection collection = new Collection(store, uuid, namespace, part(description, "options"));
        for (Value spec : part(description, "indexes").elements()) {
            collection.indexes.add(new Index(spec.copy()));
        }
        for (Records.Stored record = collection.records.after(-1);
                record != null;
                record = collection.records.after(record.id())) {
            collection.ids.put(id(record.document()).copy(), record.id());
            collection.register(record.document(), record.id());
            collection.lastRecord = record.id();
        }
        return collection;
    }

    private static String text(Value description, String name) {
        return part(description, name).string();
    }

    private static Value part(Value description, String name) {
        Value value = description.get(name);
        if (value == null) {
            throw new IllegalStateException("the description of a collection lacks '" + name + "': " + description);
        }
        return value.copy();
    }

    private void describe() {
        Writer description = Writer.document().put("ns", namespace.toString()).put("options", options);
        description.startArray("indexes");
        indexes.forEach(index -> description.add(index.spec()));
        store.descriptions().put(uuid.toString(), description.close().finish().toBytes());
    }

    void discard() {
        store.descriptions().remove(uuid.toString());
        store.removeRecords(uuid.toString());
    }

    UUID uuid() {
        return uuid;
    }

    Namespace namespace() {
        return namespace;
    }

    void rename(Namespace newName) {
        namespace = newName;
        describe();
    }

    /** As {@code listCollections} shows them. */
    Value options() {
        return options;
    }

    void setOptions(Value newOptions) {
        options = newOptions;
        capped = isCapped(newOptions);
        describe();
    }

    boolean isCapped() {
        return capped;
    }

    private static boolean isCapped(Value options) {
        Value flag = options.get("capped");
        return flag != null && flag.truth();
    }

    List<Index> indexes() {
        return indexes;
    }

    @Nullable
    Index index(String name) {
        return indexes.stream()
                .filter(index -> index.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Builds an index over what is there; nothing has changed when a document does not fit into it. */
    void addIndex(Index index) {
        build(index);
        indexes.add(index);
        describe();
    }

    private void build(Index index) {
        if (!index.isUnique()) {
            return;
        }
        for (Records.Stored record = records.after(-1); record != null; record = records.after(record.id())) {
            Value document = record.document();
            index.check(namespace, document, record.id());
            index.add(document, record.id());
        }
    }

    void removeIndex(Index index) {
        indexes.remove(index);
        describe();
    }

    void replaceIndex(Index old, Index changed) {
        build(changed);
        indexes.set(indexes.indexOf(old), changed);
        describe();
    }

    long count() {
        return count.get();
    }

    /** All documents together, in bytes. */
    long size() {
        return size.get();
    }

    Records records() {
        return records;
    }

    /** The number of the record with that {@code _id}. */
    ConcurrentSkipListMap<Value, Long> ids() {
        return ids;
    }

    /** The record with that {@code _id}, or null. */
    Records.@Nullable Stored find(Value id) {
        Long record = ids.get(id);
        byte[] bytes = record == null ? null : records.get(record);
        return record == null || bytes == null ? null : new Records.Stored(record, Value.document(bytes));
    }

    static Value id(Value document) {
        Value id = document.get("_id");
        if (id == null) {
            throw new IllegalStateException("a document without _id: " + document);
        }
        return id;
    }

    /** Adds a document, which has an {@code _id}; a capped collection gives way at its other end. */
    void insert(byte[] bytes) {
        checkSize(bytes);
        Value document = Value.document(bytes);
        for (Index index : indexes) {
            index.check(namespace, document, -1);
        }
        Value id = id(document).copy();
        if (ids.putIfAbsent(id, lastRecord + 1) != null) {
            throw Index.duplicate(namespace, indexes.getFirst(), List.of(id));
        }
        lastRecord++;
        records.put(lastRecord, bytes);
        register(document, lastRecord);
        if (capped) {
            giveWay();
        }
    }

    private static void checkSize(byte[] bytes) {
        if (bytes.length > MAX_DOCUMENT) {
            throw new CommandException(
                    10334,
                    "BSONObjectTooLarge",
                    "object to insert too large. size in bytes: " + bytes.length + ", max size: " + MAX_DOCUMENT);
        }
    }

    private void register(Value document, long record) {
        for (Index index : indexes) {
            index.add(document, record);
        }
        count.incrementAndGet();
        size.addAndGet(document.length());
    }

    private void giveWay() {
        Value maxCount = options.get("max");
        Value maxSize = options.get("size");
        long most = maxCount == null || maxCount.number() <= 0 ? Long.MAX_VALUE : maxCount.number();
        long largest = maxSize == null ? Long.MAX_VALUE : maxSize.number();
        while (count.get() > 1 && (count.get() > most || size.get() > largest)) {
            Records.Stored oldest = records.after(-1);
            if (oldest == null) {
                return;
            }
            remove(oldest);
        }
    }

    /** Puts another document with the same {@code _id} into a record's place. */
    void replace(Records.Stored old, byte[] bytes) {
        checkSize(bytes);
        Value before = old.document();
        Value after = Value.document(bytes);
        for (Index index : indexes) {
            index.check(namespace, after, old.id());
        }
        for (Index index : indexes) {
            index.remove(before, old.id());
            index.add(after, old.id());
        }
        records.put(old.id(), bytes);
        size.addAndGet(bytes.length - old.document().length());
    }

    void remove(Records.Stored old) {
        Value document = old.document();
        records.remove(old.id());
        ids.remove(id(document));
        for (Index index : indexes) {
            index.remove(document, old.id());
        }
        count.decrementAndGet();
        size.addAndGet(-old.document().length());
    }

    /** All documents, bytes and all. */
    List<byte[]> documents() {
        List<byte[]> all = new ArrayList<>();
        for (Records.Stored record = records.after(-1); record != null; record = records.after(record.id())) {
            all.add(record.document().bytes());
        }
        return all;
    }
}
