package com.foodxchange.dr.cli.demo;

import com.foodxchange.dr.mongo.ContentHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What the marketplace wrote, remembered beside the database, so that a restore is measured against what was written
 * and not against what a database says. Thread-safe.
 */
final class Truth {
    /**
     * A change that the server acknowledged.
     *
     * @param number of the document within its part
     * @param after the whole document; null when it was removed
     */
    record Change(Part part, long number, @Nullable RawBsonDocument after, Instant acknowledged) {}

    private final DataSet start;
    private final List<Change> changes = new ArrayList<>();
    private final Map<Part, Map<Long, Change>> newest = new EnumMap<>(Part.class);

    /** {@code start}: what was there before the first change. */
    Truth(DataSet start) {
        this.start = start;
        for (Part part : Part.values()) {
            newest.put(part, new HashMap<>());
        }
    }

    /** Remembers a change; they come in the order in which the server acknowledged them. */
    synchronized void add(Change change) {
        changes.add(change);
        byNumber(newest, change.part()).put(change.number(), change);
    }

    /** How many changes there are. */
    synchronized int size() {
        return changes.size();
    }

    synchronized Change get(int index) {
        return changes.get(index);
    }

    /** The document as it is now; null when it was removed. */
    synchronized @Nullable RawBsonDocument current(Part part, long number) {
        Change change = byNumber(newest, part).get(number);
        return change == null ? new RawBsonDocument(start.document(part, number)) : change.after();
    }

    /** What each part holds after the first {@code count} changes. */
    synchronized Map<Part, ContentHash.Value> contentAfter(int count) {
        Map<Part, Map<Long, Change>> changed = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            changed.put(part, new HashMap<>());
        }
        for (Change change : changes.subList(0, count)) {
            byNumber(changed, change.part()).put(change.number(), change);
        }
        Map<Part, ContentHash.Value> contents = new EnumMap<>(Part.class);
        changed.forEach((part, byNumber) -> contents.put(part, content(part, byNumber)));
        return contents;
    }

    private ContentHash.Value content(Part part, Map<Long, Change> changed) {
        ContentHash hash = new ContentHash();
        for (long number = 0; number < start.count(part); number++) {
            if (!changed.containsKey(number)) {
                add(hash, start.document(part, number));
            }
        }
        for (Change change : changed.values()) {
            if (change.after() != null) {
                add(hash, change.after().getByteBuffer().array());
            }
        }
        return hash.value();
    }

    private static void add(ContentHash hash, byte[] document) {
        hash.add(document, 0, document.length);
    }

    private static Map<Long, Change> byNumber(Map<Part, Map<Long, Change>> parts, Part part) {
        return parts.computeIfAbsent(part, missing -> new HashMap<>());
    }
}
