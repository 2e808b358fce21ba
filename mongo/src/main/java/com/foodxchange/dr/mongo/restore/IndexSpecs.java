package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The secondary indexes of a collection as createIndexes takes them.
 *
 * @param plain those that can be built at any time
 * @param expiring those that let the server delete documents, and so come last
 */
record IndexSpecs(List<BsonDocument> plain, List<BsonDocument> expiring) {
    /** The server decides on the version; the name of the collection is not the one that is being loaded. */
    private static final Set<String> DROPPED = Set.of("v", "ns");

    private static final String COLLATION = "collation";

    static IndexSpecs of(CollectionSpec spec) {
        boolean inherits = CollectionOptions.hasCollation(spec.options());
        List<BsonDocument> plain = new ArrayList<>();
        List<BsonDocument> expiring = new ArrayList<>();
        for (BsonDocument index : spec.indexes()) {
            if (!isOnId(index)) {
                BsonDocument prepared = prepare(index, inherits);
                (prepared.containsKey("expireAfterSeconds") ? expiring : plain).add(prepared);
            }
        }
        return new IndexSpecs(List.copyOf(plain), List.copyOf(expiring));
    }

    /** The index that every collection has, also the one that a clustered collection is. */
    private static boolean isOnId(BsonDocument index) {
        BsonDocument key = index.getDocument("key", new BsonDocument());
        BsonValue direction = key.get("_id");
        return key.size() == 1
                && direction != null
                && direction.isNumber()
                && direction.asNumber().intValue() == 1;
    }

    private static BsonDocument prepare(BsonDocument index, boolean inherits) {
        BsonDocument prepared = new BsonDocument();
        index.forEach((name, value) -> {
            if (!DROPPED.contains(name)) {
                prepared.append(name, value);
            }
        });
        // listIndexes does not mention a simple collation, and createIndexes takes the collection's when none is named
        if (inherits && !prepared.containsKey(COLLATION)) {
            prepared.append(COLLATION, new BsonDocument("locale", new BsonString("simple")));
        }
        return prepared;
    }

    static String name(BsonDocument index) {
        return index.getString("name", new BsonString("?")).getValue();
    }
}
