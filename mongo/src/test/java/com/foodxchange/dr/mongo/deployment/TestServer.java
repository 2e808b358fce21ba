package com.foodxchange.dr.mongo.deployment;

import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A replica set to test with: the one that {@code DR_TEST_MONGODB_URI} names, else a sandbox of its own. Databases are new
 * ones, dropped at the end.
 */
public final class TestServer implements AutoCloseable {
    private static final @Nullable String REAL = System.getenv("DR_TEST_MONGODB_URI");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final @Nullable Sandbox sandbox;
    private final String uri;
    private final MongoClient client;
    private final String prefix = "capture_test_" + ProcessHandle.current().pid() + "_";

    private TestServer(@Nullable Sandbox sandbox, String uri) {
        this.sandbox = sandbox;
        this.uri = uri;
        this.client = MongoClients.create(uri);
    }

    public static TestServer start() throws IOException {
        return REAL == null ? sandbox(SandboxOptions.inMemory()) : new TestServer(null, REAL);
    }

    public static TestServer sandbox(SandboxOptions options) throws IOException {
        Sandbox sandbox = Sandbox.start(options);
        return new TestServer(sandbox, sandbox.uri());
    }

    /** The one to connect to. Who went away is taken for gone soon, so that tests of that do not take long. */
    public String uri() {
        return sandbox == null ? uri : uri + "&serverSelectionTimeoutMS=700&heartbeatFrequencyMS=500";
    }

    public MongoClient client() {
        return client;
    }

    /** A database that is not there yet. */
    public MongoDatabase newDatabase() {
        return client.getDatabase(prefix + DATABASES.incrementAndGet());
    }

    /** The sandbox, for what cannot be done to a real server; with one the test is skipped. */
    public Sandbox faults() {
        Assumptions.assumeTrue(sandbox != null, "elections, rollbacks and outages are made in the sandbox only");
        return Objects.requireNonNull(sandbox);
    }

    /** Lets the sandbox listen again; a client that looks for it may hold its port for a moment. */
    public void comeBack() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                faults().comeBack();
                return;
            } catch (IOException e) {
                if (attempt == 100) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    @Override
    public void close() {
        if (sandbox == null) {
            for (String name : client.listDatabaseNames()) {
                if (name.startsWith(prefix)) {
                    client.getDatabase(name).drop();
                }
            }
        }
        client.close();
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
