package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.Namespace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A collection while the oplog is read: what it is by now, where its base lies, and what changed in it. */
final class CollectionState {
    private static final String NS = "ns";
    private static final String NAME = "name";
    private static final String EXPIRE = "expireAfterSeconds";
    private static final String HIDDEN = "hidden";

    private final @Nullable UUID uuid;
    private final Map<String, BsonDocument> indexes = new LinkedHashMap<>();
    private final @Nullable String basePath;
    private final ChangeTable changes;
    private Namespace namespace;
    private BsonDocument options;

    CollectionState(
            @Nullable UUID uuid,
            Namespace namespace,
            BsonDocument options,
            @Nullable String basePath,
            ChangeTable changes) {
        this.uuid = uuid;
        this.namespace = namespace;
        this.options = options;
        this.basePath = basePath;
        this.changes = changes;
    }

    @Nullable
    UUID uuid() {
        return uuid;
    }

    Namespace namespace() {
        return namespace;
    }

    BsonDocument options() {
        return options;
    }

    void setOptions(BsonDocument options) {
        this.options = options;
    }

    Map<String, BsonDocument> indexes() {
        return indexes;
    }

    /** The file in the base that holds the collection's documents; null when it is younger than the base. */
    @Nullable
    String basePath() {
        return basePath;
    }

    ChangeTable changes() {
        return changes;
    }

    /** A rename: servers up to 4.2 name the namespace in every index. */
    void rename(Namespace to) {
        namespace = to;
        indexes.replaceAll((name, index) -> index.containsKey(NS) ? withNamespace(index) : index);
    }

    /** An index that exists from now on; {@code spec} is what listIndexes shows, perhaps without {@code ns}. */
    void putIndex(BsonDocument spec) {
        String name = spec.getString(NAME).getValue();
        indexes.put(name, namesNamespaces() ? withNamespace(spec) : spec);
    }

    private boolean namesNamespaces() {
        return indexes.values().stream().anyMatch(index -> index.containsKey(NS));
    }

    private BsonDocument withNamespace(BsonDocument spec) {
        BsonDocument copy = new BsonDocument();
        spec.forEach((key, value) -> {
            if (!key.equals(NS)) {
                copy.put(key, value);
            }
            if (key.equals(NAME)) {
                copy.put(NS, new BsonString(namespace.toString()));
            }
        });
        return copy;
    }

    /** What {@code collMod} does to an index. Names it by {@code name} or by {@code keyPattern}. */
    void modifyIndex(BsonDocument change) {
        for (Map.Entry<String, BsonDocument> entry : indexes.entrySet()) {
            BsonDocument index = entry.getValue();
            boolean named = change.containsKey(NAME)
                    ? change.getString(NAME).getValue().equals(entry.getKey())
                    : change.get("keyPattern", index).equals(index.get("key"));
            if (named) {
                entry.setValue(modified(index, change));
            }
        }
    }

    private static BsonDocument modified(BsonDocument index, BsonDocument change) {
        BsonDocument copy = new BsonDocument();
        copy.putAll(index);
        change.forEach((key, value) -> {
            switch (key) {
                case NAME, "keyPattern" -> {}
                case HIDDEN, "unique", "prepareUnique" -> setFlag(copy, key, value);
                case EXPIRE -> copy.put(EXPIRE, index.containsKey(NS) ? asLong(value) : asInt(value));
                default -> copy.put(key, value);
            }
        });
        return copy;
    }

    private static void setFlag(BsonDocument index, String key, BsonValue value) {
        if (value.isBoolean() && value.asBoolean().getValue()) {
            index.put(key, value);
        } else {
            index.remove(key);
        }
    }

    /** Servers up to 4.2 keep this number as a long, whatever type it came in. */
    private static BsonValue asLong(BsonValue value) {
        return value instanceof BsonNumber number ? new BsonInt64(number.longValue()) : value;
    }

    /** Later ones keep it as an int where it fits. */
    private static BsonValue asInt(BsonValue value) {
        if (value instanceof BsonInt64 number && number.intValue() == number.longValue()) {
            return new BsonInt32(number.intValue());
        }
        return value;
    }

    void dropIndexes(BsonValue which) {
        if (which.isArray()) {
            which.asArray().forEach(this::dropIndexes);
        } else if (which.isDocument()) {
            indexes.values().removeIf(index -> which.equals(index.get("key")));
        } else if (which.asString().getValue().equals("*")) {
            indexes.keySet().removeIf(name -> !name.equals("_id_"));
        } else {
            indexes.remove(which.asString().getValue());
        }
    }

    /** The same collection without its documents ({@code emptycapped}). */
    CollectionState emptied(ChangeTable empty) {
        CollectionState state = new CollectionState(uuid, namespace, options, null, empty);
        state.indexes.putAll(indexes);
        return state;
    }
}
