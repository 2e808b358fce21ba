package com.foodxchange.dr.sandbox;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Something that a test of a server's behaviour runs against: the sandbox in memory and in a folder, and a real replica set
 * if the environment variable DR_TEST_MONGODB_URI names one. Lives as long as the tests' JVM.
 */
record Deployment(String name, MongoClient client, boolean isSandbox) {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final List<Deployment> ALL = startAll();

    static Stream<Deployment> all() {
        return ALL.stream();
    }

    private static List<Deployment> startAll() {
        try {
            Path folder = Files.createTempDirectory("sandbox");
            List<Deployment> all = new ArrayList<>();
            all.add(sandbox("in memory", SandboxOptions.inMemory()));
            all.add(sandbox("in a folder", SandboxOptions.in(folder)));
            Optional.ofNullable(System.getenv("DR_TEST_MONGODB_URI"))
                    .ifPresent(uri -> all.add(new Deployment("real", MongoClients.create(uri), false)));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Deployment sandbox(String name, SandboxOptions options) throws IOException {
        Sandbox sandbox = Sandbox.start(options);
        return new Deployment(name, MongoClients.create(sandbox.uri()), true);
    }

    /** An empty database that nobody else uses. */
    MongoDatabase newDatabase() {
        String database = "dr_test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        client.getDatabase(database).drop();
        return client.getDatabase(database);
    }

    @Override
    public String toString() {
        return name;
    }
}
