package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads collections of a deployment, in natural order, and tells whether they hold what they should. A server that goes
 * away is waited for as long as a restore waits. Thread-safe.
 */
public final class ContentVerification {
    private final Target target;
    private final int readers;

    /** {@code readers}: how many collections are read at the same time. */
    public ContentVerification(MongoClient deployment, int readers) {
        this.target = new Target(deployment, new Patience(RestoreOptions.DEFAULT_PATIENCE));
        this.readers = readers;
    }

    /**
     * A collection that holds something else than expected.
     *
     * @param actual null when there is no such collection
     */
    public record Difference(Namespace namespace, ContentHash.Value expected, ContentHash.@Nullable Value actual) {}

    /**
     * What the collections hold now; one that is not there is left out.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException when it could not be read
     */
    public Map<Namespace, ContentHash.Value> read(Collection<Namespace> namespaces) throws InterruptedException {
        Map<Namespace, ContentHash.Value> contents = new ConcurrentSkipListMap<>();
        ReadBack readBack = new ReadBack(target);
        try (Crew crew = new Crew()) {
            Crew.Lane lane = crew.lane("verifier", readers);
            int rank = 0;
            for (Namespace namespace : existing(namespaces)) {
                lane.start(
                        rank++,
                        () -> contents.put(
                                namespace,
                                readBack.read(namespace, false, (documents, bytes) -> {})
                                        .value()));
            }
            crew.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TreeMap<>(contents);
    }

    private Set<Namespace> existing(Collection<Namespace> namespaces) throws InterruptedException {
        Map<String, Set<String>> catalogs = new TreeMap<>();
        Set<Namespace> existing = new TreeSet<>();
        for (Namespace namespace : namespaces) {
            Set<String> catalog = catalogs.get(namespace.database());
            if (catalog == null) {
                catalog = target.list(namespace.database()).keySet();
                catalogs.put(namespace.database(), catalog);
            }
            if (catalog.contains(namespace.collection())) {
                existing.add(namespace);
            }
        }
        return existing;
    }

    /** The collections that do not hold what is expected, in the order of their names. */
    public List<Difference> compare(Map<Namespace, ContentHash.Value> expected) throws InterruptedException {
        Map<Namespace, ContentHash.Value> contents = read(expected.keySet());
        List<Difference> differences = new ArrayList<>();
        new TreeMap<>(expected).forEach((namespace, value) -> {
            ContentHash.Value actual = contents.get(namespace);
            if (!value.equals(actual)) {
                differences.add(new Difference(namespace, value, actual));
            }
        });
        return differences;
    }
}
