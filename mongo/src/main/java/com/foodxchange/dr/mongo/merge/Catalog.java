package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Which collections and views there are while the oplog is read. Collections are known by their UUID, which a rename
 * keeps: within the window of the scan two may bear the same name for a while, because the base already knows how it
 * ended. What names nothing that is known here is no error within that window either.
 */
final class Catalog {
    private final SpillStore store;
    private final Map<UUID, CollectionState> byUuid = new LinkedHashMap<>();
    /** Collections whose UUID a dump of an old tool does not tell. */
    private final List<CollectionState> withoutUuid = new ArrayList<>();

    private final Map<Namespace, CollectionSpec> views = new HashMap<>();
    private @Nullable CollectionState latest;

    Catalog(SpillStore store) {
        this.store = store;
    }

    /** Adds a collection or view of the base. */
    void addBase(CollectionSpec spec, Set<String> paths) throws IOException {
        switch (spec.type()) {
            case VIEW -> views.put(spec.namespace(), spec);
            case TIMESERIES -> {
                views.put(spec.namespace(), spec);
                addBase(spec, buckets(spec.namespace()), new BsonDocument(), paths);
            }
            case COLLECTION -> {
                CollectionState state = addBase(spec, spec.namespace(), spec.options(), paths);
                spec.indexes()
                        .forEach(index ->
                                state.indexes().put(index.getString("name").getValue(), index));
            }
        }
    }

    private CollectionState addBase(CollectionSpec spec, Namespace namespace, BsonDocument options, Set<String> paths)
            throws IOException {
        String path = DumpLayout.dataPath(namespace);
        return add(spec.uuid(), namespace, options, paths.contains(path) ? path : null);
    }

    static Namespace buckets(Namespace timeSeries) {
        return new Namespace(timeSeries.database(), Coverage.BUCKETS + timeSeries.collection());
    }

    CollectionState add(@Nullable UUID uuid, Namespace namespace, BsonDocument options, @Nullable String basePath)
            throws IOException {
        CollectionState state = new CollectionState(uuid, namespace, options, basePath, new ChangeTable(store));
        put(state);
        return state;
    }

    private void put(CollectionState state) {
        UUID uuid = state.uuid();
        if (uuid == null) {
            withoutUuid.add(state);
        } else {
            byUuid.put(uuid, state);
        }
        latest = null;
    }

    /** The collection that the entry is about; null when none is known. */
    @Nullable
    CollectionState find(OplogEntry entry) {
        if (!entry.hasUuid()) {
            return null;
        }
        // most entries are about the collection of the entry before
        CollectionState last = latest;
        if (last != null) {
            UUID uuid = last.uuid();
            if (uuid != null
                    && uuid.getMostSignificantBits() == entry.uuidHigh()
                    && uuid.getLeastSignificantBits() == entry.uuidLow()) {
                return last;
            }
        }
        CollectionState state = byUuid.get(entry.uuid());
        latest = state;
        return state;
    }

    /** The collection of that name, for entries that name no UUID and for dumps that tell none. */
    @Nullable
    CollectionState find(Namespace namespace, boolean onlyWithoutUuid) {
        for (CollectionState state : onlyWithoutUuid ? withoutUuid : all()) {
            if (state.namespace().equals(namespace)) {
                return state;
            }
        }
        return null;
    }

    void drop(CollectionState state) {
        byUuid.values().remove(state);
        withoutUuid.remove(state);
        latest = null;
        state.changes().release();
    }

    void drop(UUID uuid) {
        CollectionState state = byUuid.get(uuid);
        if (state != null) {
            drop(state);
        }
    }

    /** The collection loses all its documents and stays. */
    void empty(CollectionState state) throws IOException {
        drop(state);
        put(state.emptied(new ChangeTable(store)));
    }

    void dropDatabase(String database) {
        all().stream()
                .filter(state -> state.namespace().database().equals(database))
                .forEach(this::drop);
        dropViews(database);
    }

    void dropViews(String database) {
        views.keySet().removeIf(view -> view.database().equals(database));
    }

    Map<Namespace, CollectionSpec> views() {
        return views;
    }

    /** Every collection, in a list of its own. */
    Collection<CollectionState> all() {
        List<CollectionState> all = new ArrayList<>(byUuid.values());
        all.addAll(withoutUuid);
        return all;
    }
}
