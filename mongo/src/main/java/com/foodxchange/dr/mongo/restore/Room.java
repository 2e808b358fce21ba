package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.Target.Existing;
import com.foodxchange.dr.mongo.restore.Task.Way;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Makes room for the documents of a collection: an empty collection with the right options. Thread-safe. */
final class Room {
    private final Target target;
    private final Findings findings;
    private final TemporaryNames names;

    Room(Target target, Findings findings, TemporaryNames names) {
        this.target = target;
        this.findings = findings;
        this.names = names;
    }

    /**
     * Where documents go.
     *
     * @param rawData whether the documents are buckets that the server would take for measurements (from 8.3 on)
     */
    record Place(Namespace namespace, boolean rawData) {}

    /** Where a collection's documents will be, before there is room. */
    Place of(Task task) {
        return new Place(task.way() == Way.IN_PLACE ? task.namespace() : names.of(task), false);
    }

    /**
     * Makes an empty collection, also where there was one.
     *
     * @param again whether room was made before and is to be empty once more
     * @param mixedSchema whether a time series holds buckets with values of several types, which the server has to be told
     */
    Place make(Task task, boolean again, boolean mixedSchema) throws InterruptedException {
        Namespace namespace = task.namespace();
        if (task.way() != Way.IN_PLACE) {
            Place place = of(task);
            if (again) {
                target.drop(place.namespace());
            }
            collections().create(place.namespace(), namespace, options(task.spec()));
            return place;
        }
        boolean timeSeries = isTimeSeries(task.spec());
        Existing existing = task.existing();
        if ((existing != null || again) && namespace.collection().startsWith("system.") && !timeSeries) {
            // a server does not let go of its system collections
            target.deleteAll(namespace);
            return of(task);
        }
        Namespace logical = TimeSeries.isBuckets(namespace) ? TimeSeries.logical(namespace) : namespace;
        if (existing != null || again) {
            target.drop(logical);
        }
        collections().create(logical, namespace, options(task.spec()));
        return timeSeries ? buckets(logical, mixedSchema) : of(task);
    }

    private Place buckets(Namespace logical, boolean mixedSchema) throws InterruptedException {
        if (mixedSchema) {
            BsonDocument command = new BsonDocument("collMod", new BsonString(logical.collection()))
                    .append("timeseriesBucketsMayHaveMixedSchemaData", BsonBoolean.TRUE)
                    .append("writeConcern", target.majority());
            target.run(logical.database(), command, "allowing values of several types in " + logical);
        }
        Namespace inBuckets = TimeSeries.buckets(logical);
        boolean separate = target.list(logical.database()).containsKey(inBuckets.collection());
        return separate ? new Place(inBuckets, false) : new Place(logical, true);
    }

    /** Lets the server delete what has expired, from now on. */
    void startExpiry(Task task, Place place) throws InterruptedException {
        Namespace namespace = task.namespace();
        Namespace owner =
                TimeSeries.isBuckets(place.namespace()) ? TimeSeries.logical(place.namespace()) : place.namespace();
        collections().startExpiry(owner, namespace, options(task.spec()));
    }

    private CollectionOptions collections() {
        return new CollectionOptions(target, findings);
    }

    private static boolean isTimeSeries(CollectionSpec spec) {
        return spec.type() == CollectionSpec.Type.TIMESERIES || TimeSeries.isBuckets(spec.namespace());
    }

    private static BsonDocument options(CollectionSpec spec) {
        return isTimeSeries(spec) ? TimeSeries.options(spec) : spec.options();
    }
}
