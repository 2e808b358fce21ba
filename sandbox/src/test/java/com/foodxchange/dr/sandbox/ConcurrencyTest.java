package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static com.foodxchange.dr.sandbox.Docs.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.CursorType;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrencyTest {
    private static final int WRITERS = 6;
    private static final int WRITES = 250;
    private static final int IDS = 50;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyWriteHappensOnceAndIsTailedInOrder(boolean onDisk) throws Exception {
        SandboxOptions options = onDisk ? SandboxOptions.in(folder) : SandboxOptions.inMemory();
        try (Sandbox sandbox = Sandbox.start(options);
                MongoClient client = MongoClients.create(sandbox.uri());
                ExecutorService pool = Executors.newCachedThreadPool()) {
            MongoCollection<Document> collection = client.getDatabase("db").getCollection("c");
            List<Future<Long>> work = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                work.add(pool.submit(writer(collection, writer)));
            }
            Future<Map<Object, Document>> tail = pool.submit(() -> tail(client));
            Future<Long> scans = pool.submit(scanner(collection, work));
            long increments = 0;
            try {
                for (Future<Long> each : work) {
                    increments += each.get();
                }
                assertThat(scans.get()).isPositive();
            } finally {
                // else the tail would wait for ever
                client.getDatabase("db").getCollection("end").insertOne(doc("{_id: 'end'}"));
            }
            Map<Object, Document> expected = new HashMap<>();
            long sum = 0;
            for (Document each : collection.find()) {
                expected.put(each.get("_id"), each);
                sum += number(each, "n");
            }
            assertThat(sum).isEqualTo(increments);
            assertThat(tail.get()).isEqualTo(expected);
        }
    }

    /** Returns how often it counted up. */
    private static Callable<Long> writer(MongoCollection<Document> collection, int seed) {
        return () -> {
            Random random = new Random(seed);
            for (int i = 0; i < WRITES; i++) {
                collection.updateOne(
                        Filters.eq("_id", random.nextInt(IDS)),
                        doc("{$inc: {n: 1}}"),
                        new UpdateOptions().upsert(true));
            }
            return (long) WRITES;
        };
    }

    /** Reads while others write: every document once, in order. Returns how often it did. */
    private static Callable<Long> scanner(MongoCollection<Document> collection, List<Future<Long>> work) {
        return () -> {
            long scans = 0;
            do {
                List<Integer> ids = collection
                        .find()
                        .sort(Sorts.ascending("_id"))
                        .batchSize(7)
                        .map(each -> each.getInteger("_id"))
                        .into(new ArrayList<>());
                assertThat(ids).isSorted().doesNotHaveDuplicates();
                scans++;
            } while (!work.stream().allMatch(Future::isDone));
            return scans;
        };
    }

    /** Follows the oplog up to the end, and returns the documents as it tells them. */
    private static Map<Object, Document> tail(MongoClient client) {
        Map<Object, Document> documents = new HashMap<>();
        BsonTimestamp last = new BsonTimestamp(0);
        try (MongoCursor<Document> cursor = client.getDatabase("local")
                .getCollection("oplog.rs")
                .find()
                .cursorType(CursorType.TailableAwait)
                .iterator()) {
            while (true) {
                Document entry = cursor.next();
                BsonTimestamp time = entry.get("ts", BsonTimestamp.class);
                assertThat(time).isGreaterThan(last);
                last = time;
                if ("db.end".equals(entry.get("ns")) && "i".equals(entry.get("op"))) {
                    return documents;
                }
                if ("db.c".equals(entry.get("ns"))) {
                    apply(entry, documents);
                }
            }
        }
    }

    private static void apply(Document entry, Map<Object, Document> documents) {
        Document o = entry.get("o", Document.class);
        if ("i".equals(entry.get("op"))) {
            documents.put(o.get("_id"), o);
        } else {
            Document changed = o.get("diff", Document.class).get("u", Document.class);
            Objects.requireNonNull(documents.get(entry.get("o2", Document.class).get("_id")))
                    .putAll(changed);
        }
    }
}
