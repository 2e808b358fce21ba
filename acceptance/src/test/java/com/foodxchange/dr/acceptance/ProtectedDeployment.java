package com.foodxchange.dr.acceptance;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.capture.CatalogReader;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.restore.ContentVerification;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The replica set that {@code DR_TEST_MONGODB_URI} names, or else a sandbox, with two databases of its own. */
final class ProtectedDeployment implements AutoCloseable {
    /** What a database holds, apart from identities that a restore cannot keep. */
    record Contents(Map<Namespace, CollectionSpec> specs, Map<Namespace, ContentHash.Value> documents) {}

    private final @Nullable Sandbox sandbox;
    private final Deployment deployment;
    private final String uri;
    private final List<String> databases;

    ProtectedDeployment() throws Exception {
        String real = System.getenv("DR_TEST_MONGODB_URI");
        sandbox = real == null || real.isEmpty() ? Sandbox.start(SandboxOptions.inMemory()) : null;
        uri = sandbox == null ? real : sandbox.uri();
        deployment = Deployment.connect(uri);
        String suffix = Long.toString(System.nanoTime(), 36);
        databases = List.of("dr_test_a_" + suffix, "dr_test_b_" + suffix);
    }

    boolean real() {
        return sandbox == null;
    }

    String uri() {
        return uri;
    }

    Deployment deployment() {
        return deployment;
    }

    List<String> databases() {
        return databases;
    }

    /** Reads everything; nobody may write meanwhile. */
    Contents contents() throws InterruptedException {
        Set<String> present = new TreeSet<>();
        deployment.client().listDatabaseNames().into(present);
        present.retainAll(databases);
        Map<Namespace, CollectionSpec> specs = new TreeMap<>();
        if (!present.isEmpty()) {
            new CatalogReader(deployment)
                    .read(present)
                    .collections()
                    .forEach(spec -> specs.put(spec.namespace(), comparable(spec)));
        }
        List<Namespace> withDocuments = specs.values().stream()
                .filter(spec -> spec.type() != CollectionSpec.Type.VIEW)
                .map(CollectionSpec::namespace)
                .toList();
        return new Contents(specs, new ContentVerification(deployment.client(), 2).read(withDocuments));
    }

    /** Drops the databases that have nothing in them at a moment: a restore touches only those that it brings back. */
    void dropAbsent(Contents atMoment) {
        for (String database : databases) {
            if (atMoment.specs.keySet().stream()
                    .noneMatch(namespace -> namespace.database().equals(database))) {
                deployment.client().getDatabase(database).drop();
            }
        }
    }

    /** Without the UUID, which is new after a restore; the order in which indexes were built has no meaning. */
    private static CollectionSpec comparable(CollectionSpec spec) {
        List<BsonDocument> indexes = spec.indexes().stream()
                .sorted(Comparator.comparing(index -> index.getString("name")))
                .toList();
        return new CollectionSpec(spec.namespace(), spec.type(), null, spec.options(), indexes);
    }

    @Override
    public void close() {
        databases.forEach(database -> deployment.client().getDatabase(database).drop());
        deployment.close();
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
