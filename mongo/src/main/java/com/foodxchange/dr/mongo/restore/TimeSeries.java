package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.Namespace;
import java.util.List;
import org.bson.BsonDocument;

/** How time-series collections and the collections that hold their buckets belong together. */
final class TimeSeries {
    /** What create takes for a time-series collection; what else its buckets have as options follows from it. */
    private static final List<String> OPTIONS = List.of("timeseries", "collation", "expireAfterSeconds");

    private TimeSeries() {}

    static boolean isBuckets(Namespace namespace) {
        return namespace.collection().startsWith(Coverage.BUCKETS);
    }

    /** Where servers before 8.3 keep the buckets. */
    static Namespace buckets(Namespace timeSeries) {
        return new Namespace(timeSeries.database(), Coverage.BUCKETS + timeSeries.collection());
    }

    /** The collection whose buckets these are. */
    static Namespace logical(Namespace buckets) {
        return new Namespace(buckets.database(), buckets.collection().substring(Coverage.BUCKETS.length()));
    }

    /** The other one of a time-series collection and its buckets. */
    static Namespace counterpart(Namespace namespace) {
        return isBuckets(namespace) ? logical(namespace) : buckets(namespace);
    }

    /** The options with which the collection is created, from its own or from those of its buckets. */
    static BsonDocument options(CollectionSpec spec) {
        BsonDocument options = new BsonDocument();
        for (String name : OPTIONS) {
            if (spec.options().containsKey(name)) {
                options.put(name, spec.options().get(name));
            }
        }
        return options;
    }
}
