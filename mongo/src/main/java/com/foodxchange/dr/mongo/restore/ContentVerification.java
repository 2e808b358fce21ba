package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import com.mongodb.client.MongoClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads collections of a deployment and tells whether they hold what they should. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class ContentVerification {
    private final MongoClient deployment;
    private final int readers;

    /** {@code readers}: how many collections are read at the same time. */
    public ContentVerification(MongoClient deployment, int readers) {
        this.deployment = deployment;
        this.readers = readers;
    }

    /**
     * A collection that holds something else than expected.
     *
     * @param actual null when there is no such collection
     */
    public record Difference(Namespace namespace, ContentHash.Value expected, ContentHash.@Nullable Value actual) {}

    /** What the collections hold now; one that is not there is left out. */
    public Map<Namespace, ContentHash.Value> read(Collection<Namespace> namespaces) throws InterruptedException {
        throw new UnsupportedOperationException(deployment + " " + readers + namespaces);
    }

    /** The collections that do not hold what is expected, in the order of their names. */
    public List<Difference> compare(Map<Namespace, ContentHash.Value> expected) throws InterruptedException {
        throw new UnsupportedOperationException(expected.toString());
    }
}
