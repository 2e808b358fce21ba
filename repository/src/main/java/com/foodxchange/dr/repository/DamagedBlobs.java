package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.CheckFindings.Found;
import com.foodxchange.dr.repository.Index.Location;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Copies of blobs that cannot be used, and what was found because of each. Thread-safe. */
final class DamagedBlobs {
    private final Map<Key, Map<BlobId, Found>> copies = new ConcurrentHashMap<>();

    private record Key(BlobType type, BlobId id) {}

    void add(BlobId pack, PackedBlob blob, Found found) {
        copies.computeIfAbsent(new Key(blob.type(), blob.id()), key -> new ConcurrentHashMap<>())
                .put(pack, found);
    }

    boolean isEmpty() {
        return copies.isEmpty();
    }

    boolean contains(Location copy) {
        return !isEmpty() && packs(copy.blob().type(), copy.blob().id()).containsKey(copy.pack());
    }

    /** What was found because of the copies of a blob. */
    Iterable<Found> found(BlobType type, BlobId id) {
        return packs(type, id).values();
    }

    /** Whether none of the copies can be used. */
    boolean isLost(List<Location> all) {
        return !isEmpty() && all.stream().allMatch(this::contains);
    }

    private Map<BlobId, Found> packs(BlobType type, BlobId id) {
        return copies.getOrDefault(new Key(type, id), Map.of());
    }
}
