package com.foodxchange.dr.cli.demo;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The marketplace at work: one client that inserts, changes and removes documents at a steady rate, one after the other,
 * and tells the {@link Truth} what was acknowledged. Every change but a removal carries its ordinal, from 1, in the field
 * {@value #REVISION}, so that an oplog entry can be found in the truth.
 */
final class Writer implements AutoCloseable {
    static final String REVISION = "rev";

    private final MongoDatabase database;
    private final DataSet data;
    private final Truth truth;
    private final Duration pause;
    private final RandomGenerator random = new SplittableRandom(7);
    private final AtomicLong missed = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("marketplace").unstarted(this::run);
    private long inserted;
    private long removed;
    private volatile boolean stopping;
    private volatile @Nullable MongoException failure;

    private Writer(MongoClient client, String database, DataSet data, Truth truth, int perSecond) {
        this.database = client.getDatabase(database);
        this.data = data;
        this.truth = truth;
        this.pause = Duration.ofSeconds(1).dividedBy(perSecond);
    }

    static Writer start(MongoClient client, String database, DataSet data, Truth truth, int perSecond) {
        Writer writer = new Writer(client, database, data, truth, perSecond);
        writer.thread.start();
        return writer;
    }

    /** Changes to documents that should have been there and were not. */
    long missed() {
        return missed.get();
    }

    private void run() {
        long next = System.nanoTime();
        try {
            while (!stopping) {
                change();
                next += pause.toNanos();
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        } catch (InterruptedException | MongoInterruptedException e) {
            Thread.currentThread().interrupt(); // nobody wants more
        } catch (MongoException e) {
            failure = e;
        }
    }

    private void change() {
        switch (random.nextInt(10)) {
            case 0, 1 -> insert(Part.PAYMENTS);
            case 2, 3 -> insert(Part.MESSAGES);
            case 4 -> insert(Part.AUDIT);
            case 5 -> replacePayment();
            case 6, 7 -> moveEngagement();
            case 8 -> rateExpert();
            default -> removeMessage();
        }
    }

    /** Numbers go on where the data set ends; one counter for all parts leaves no doubt which document is meant. */
    private void insert(Part part) {
        long number = data.count(part) + inserted++;
        BsonDocument document = Fields.decode(new RawBsonDocument(data.document(part, number)));
        document.put(REVISION, revision());
        collection(part).insertOne(Fields.raw(document));
        remember(part, number, document);
    }

    private void replacePayment() {
        long number = any(Part.PAYMENTS);
        BsonDocument document = current(Part.PAYMENTS, number);
        document.put("status", new BsonString("settled"));
        document.put("settledAt", now());
        document.put(REVISION, revision());
        BsonDocument id = new BsonDocument("_id", document.get("_id"));
        boolean hit =
                collection(Part.PAYMENTS).replaceOne(id, Fields.raw(document)).getMatchedCount() == 1;
        settle(hit, Part.PAYMENTS, number, document);
    }

    private void moveEngagement() {
        long number = any(Part.ENGAGEMENTS);
        BsonDocument document = current(Part.ENGAGEMENTS, number);
        BsonDocument set = new BsonDocument("status", new BsonString("delivered"))
                .append("updatedAt", now())
                .append(REVISION, revision());
        BsonDocument step = new BsonDocument("status", new BsonString("delivered")).append("at", now());
        BsonDocument update = new BsonDocument("$set", set).append("$push", new BsonDocument("history", step));
        document.putAll(set);
        BsonArray history = document.getArray("history");
        history.add(step);
        settle(update(Part.ENGAGEMENTS, document, update), Part.ENGAGEMENTS, number, document);
    }

    private void rateExpert() {
        long number = any(Part.EXPERTS);
        BsonDocument document = current(Part.EXPERTS, number);
        BsonDocument set = new BsonDocument("updatedAt", now()).append(REVISION, revision());
        BsonDocument update =
                new BsonDocument("$set", set).append("$inc", new BsonDocument("reviews", new BsonInt32(1)));
        document.put("reviews", new BsonInt32(document.getInt32("reviews").getValue() + 1));
        document.putAll(set);
        settle(update(Part.EXPERTS, document, update), Part.EXPERTS, number, document);
    }

    private void removeMessage() {
        if (removed == data.count(Part.MESSAGES)) {
            insert(Part.MESSAGES);
            return;
        }
        long number = removed++;
        BsonDocument id = new BsonDocument("_id", current(Part.MESSAGES, number).get("_id"));
        collection(Part.MESSAGES).deleteOne(id);
        truth.add(new Truth.Change(Part.MESSAGES, number, null, Instant.now()));
    }

    private boolean update(Part part, BsonDocument document, BsonDocument update) {
        BsonDocument id = new BsonDocument("_id", document.get("_id"));
        return collection(part).updateOne(id, update).getMatchedCount() == 1;
    }

    private void settle(boolean hit, Part part, long number, BsonDocument document) {
        if (hit) {
            remember(part, number, document);
        } else {
            missed.incrementAndGet();
        }
    }

    private void remember(Part part, long number, BsonDocument document) {
        truth.add(new Truth.Change(part, number, Fields.raw(document), Instant.now()));
    }

    private BsonDocument current(Part part, long number) {
        RawBsonDocument document = truth.current(part, number);
        if (document == null) {
            throw new IllegalStateException("a removed document is not touched again");
        }
        return Fields.decode(document);
    }

    private long any(Part part) {
        return random.nextLong(data.count(part));
    }

    private BsonInt64 revision() {
        return new BsonInt64(truth.size() + 1L);
    }

    private static BsonDateTime now() {
        return new BsonDateTime(System.currentTimeMillis());
    }

    private MongoCollection<RawBsonDocument> collection(Part part) {
        return database.getCollection(part.collection(), RawBsonDocument.class);
    }

    /**
     * Stops after the change that is on its way.
     *
     * @throws MongoException what made the writer give up earlier
     */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
        MongoException reason = failure;
        if (reason != null) {
            throw reason;
        }
    }

    /** Stops without waiting. */
    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }
}
