package com.foodxchange.dr.mongo;

import java.util.List;
import java.util.UUID;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What a collection is, apart from its documents.
 *
 * @param uuid the collection's identity, which a rename keeps; null for views and in dumps of old tools
 * @param options as listCollections reports them, without {@code uuid}; for a view {@code viewOn} and {@code pipeline}
 * @param indexes as listIndexes reports them, {@code _id_} included; empty for views
 */
public record CollectionSpec(
        Namespace namespace, Type type, @Nullable UUID uuid, BsonDocument options, List<BsonDocument> indexes) {
    /** The kinds that listCollections tells apart. */
    public enum Type {
        COLLECTION,
        VIEW,
        TIMESERIES
    }

    public CollectionSpec {
        indexes = List.copyOf(indexes);
    }

    /** Capped collections keep natural order and drop their oldest documents by themselves. */
    public boolean capped() {
        return options.containsKey("capped") && options.getBoolean("capped").getValue();
    }

    public CollectionSpec withNamespace(Namespace other) {
        return new CollectionSpec(other, type, uuid, options, indexes);
    }
}
