package com.foodxchange.dr.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A store that is gone with the process. */
final class MemoryStore implements Store {
    private final Map<String, Records> records = new ConcurrentHashMap<>();
    private final Map<String, byte[]> descriptions = new ConcurrentHashMap<>();

    @Override
    public Records records(String name) {
        return records.computeIfAbsent(name, unused -> new MemoryRecords());
    }

    @Override
    public void removeRecords(String name) {
        records.remove(name);
    }

    @Override
    public Map<String, byte[]> descriptions() {
        return descriptions;
    }

    @Override
    public void commit() {}

    @Override
    public void tidy() {}

    @Override
    public void close() {}

    private static final class MemoryRecords implements Records {
        private final ConcurrentSkipListMap<Long, byte[]> map = new ConcurrentSkipListMap<>();

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
            return stored(map.higherEntry(id));
        }

        @Override
        public @Nullable Stored before(long id) {
            return stored(map.lowerEntry(id));
        }

        private static @Nullable Stored stored(Map.@Nullable Entry<Long, byte[]> entry) {
            return entry == null ? null : new Stored(entry.getKey(), Value.document(entry.getValue()));
        }

        @Override
        public void clear() {
            map.clear();
        }
    }
}
