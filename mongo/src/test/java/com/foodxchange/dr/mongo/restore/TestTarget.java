package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.capture.CatalogReader;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.ServerHeartbeatFailedEvent;
import com.mongodb.event.ServerMonitorListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Where the tests restore to: a sandbox in memory, or the replica set that {@code DR_TEST_MONGODB_URI} names. Database
 * names are made up for each target and dropped at the end.
 */
final class TestTarget implements AutoCloseable {
    private static final String EXTERNAL = "DR_TEST_MONGODB_URI";

    private final @Nullable Sandbox sandbox;
    private final String uri;
    private final MongoClient client;
    private final Map<String, String> databases = new ConcurrentHashMap<>();
    private final String suffix =
            Integer.toUnsignedString(ThreadLocalRandom.current().nextInt(), 36);
    private volatile Runnable onFailure = () -> {};

    private TestTarget(@Nullable Sandbox sandbox, String uri) {
        this.sandbox = sandbox;
        this.uri = uri;
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(settings -> settings.serverSelectionTimeout(2, TimeUnit.SECONDS))
                .applyToServerSettings(settings -> settings.addServerMonitorListener(new ServerMonitorListener() {
                    @Override
                    public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
                        onFailure.run();
                    }
                }))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandFailed(CommandFailedEvent event) {
                        onFailure.run();
                    }
                })
                .build());
    }

    static TestTarget start() throws IOException {
        String external = System.getenv(EXTERNAL);
        if (external != null) {
            return new TestTarget(null, external);
        }
        return startSandbox();
    }

    /** A target that can be taken away. */
    static TestTarget startSandbox() throws IOException {
        Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory());
        return new TestTarget(sandbox, sandbox.uri());
    }

    MongoClient client() {
        return client;
    }

    Sandbox sandbox() {
        return Objects.requireNonNull(sandbox);
    }

    /** Users and roles of a deployment that is not the test's own stay as they are. */
    void assumeOwn() {
        assumeThat(sandbox).as("users are restored into a sandbox alone").isNotNull();
    }

    /** Has something done whenever the client notices that the server is not there. */
    void onFailure(Runnable action) {
        onFailure = action;
    }

    /** A name that no other target has. */
    String database(String stem) {
        return databases.computeIfAbsent(stem, key -> "drt_" + suffix + "_" + key);
    }

    String name(String namespace) {
        int dot = namespace.indexOf('.');
        return database(namespace.substring(0, dot)) + namespace.substring(dot);
    }

    Restore restore() {
        return restore(RestoreOptions.defaults());
    }

    Restore restore(RestoreOptions options) {
        return new Restore(client, options, RestoreProgress.none());
    }

    /** Inserts what a restore is to find. */
    void insert(String namespace, String... documents) {
        int dot = namespace.indexOf('.');
        List<BsonDocument> parsed = new ArrayList<>();
        for (String document : documents) {
            parsed.add(BsonDocument.parse(document));
        }
        client.getDatabase(database(namespace.substring(0, dot)))
                .getCollection(namespace.substring(dot + 1), BsonDocument.class)
                .insertMany(parsed);
    }

    List<RawBsonDocument> documents(String namespace) {
        int dot = namespace.indexOf('.');
        return client.getDatabase(database(namespace.substring(0, dot)))
                .getCollection(namespace.substring(dot + 1), RawBsonDocument.class)
                .find()
                .into(new ArrayList<>());
    }

    List<String> collections(String stem) {
        return client.getDatabase(database(stem)).listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> !name.equals("system.views"))
                .sorted()
                .toList();
    }

    /** What the databases hold now, by name. */
    Map<String, CollectionSpec> catalog() throws InterruptedException {
        Map<String, CollectionSpec> specs = new TreeMap<>();
        try (Deployment deployment = Deployment.connect(uri)) {
            new CatalogReader(deployment)
                    .read(Set.copyOf(databases.values()))
                    .collections()
                    .forEach(spec -> specs.put(spec.namespace().toString(), spec));
        }
        return specs;
    }

    @Override
    public void close() {
        if (sandbox == null) {
            databases.values().forEach(name -> client.getDatabase(name).drop());
        }
        client.close();
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
