package com.foodxchange.dr.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** A store in one H2 MVStore file of a folder. */
final class DiskStore implements Store {
    private static final String PREFIX = "records.";
    private static final int CACHE_MEGABYTES = 32;
    /** Below this share of live data the emptiest parts of the file are written anew. */
    private static final int FILL_PERCENT = 60;

    private static final int TIDY_BYTES = 8 << 20;
    /** How long the file keeps what a newer part replaces; nothing here outlives a power cut any longer. */
    private static final int RETENTION_MILLIS = 5_000;

    private final MVStore store;
    private final MVMap<String, byte[]> descriptions;

    private DiskStore(MVStore store) {
        this.store = store;
        this.descriptions = store.openMap(
                "descriptions",
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    static DiskStore open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("sandbox.mv");
        try {
            // commits are ours alone: one in the middle of a write would part a document from its oplog entry
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
            store.setRetentionTime(RETENTION_MILLIS);
            return new DiskStore(store);
        } catch (MVStoreException e) {
            throw new IOException("cannot open the sandbox file " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Records records(String name) {
        return new DiskRecords(store.openMap(
                PREFIX + name,
                new MVMap.Builder<Long, byte[]>()
                        .keyType(LongDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE)));
    }

    @Override
    public void removeRecords(String name) {
        store.removeMap(PREFIX + name);
    }

    @Override
    public Map<String, byte[]> descriptions() {
        return descriptions;
    }

    @Override
    public void commit() {
        store.commit();
    }

    @Override
    public void tidy() {
        store.compact(FILL_PERCENT, TIDY_BYTES);
    }

    @Override
    public void close() {
        store.commit();
        store.close();
    }

    private record DiskRecords(MVMap<Long, byte[]> map) implements Records {
        @Override
        public byte @Nullable [] get(long id) {
            return map.get(id);
        }

        @Override
        public void put(long id, byte[] bytes) {
            map.put(id, bytes);
        }

        @Override
        public void remove(long id) {
            map.remove(id);
        }

        @Override
        public @Nullable Stored after(long id) {
            Long next = map.higherKey(id);
            while (next != null) {
                byte[] bytes = map.get(next);
                if (bytes != null) {
                    return new Stored(next, Value.document(bytes));
                }
                next = map.higherKey(next);
            }
            return null;
        }

        @Override
        public @Nullable Stored before(long id) {
            Long previous = map.lowerKey(id);
            while (previous != null) {
                byte[] bytes = map.get(previous);
                if (bytes != null) {
                    return new Stored(previous, Value.document(bytes));
                }
                previous = map.lowerKey(previous);
            }
            return null;
        }

        @Override
        public void clear() {
            map.clear();
        }
    }
}
