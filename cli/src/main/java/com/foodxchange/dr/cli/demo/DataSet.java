package com.foodxchange.dr.cli.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * The marketplace's data at some scale: 56,000 documents in 25 MB at scale 1. The same arguments make the same bytes.
 *
 * @param now the moment that the data is as old as
 */
public record DataSet(double scale, Instant now) {
    /** The view among the collections. */
    public static final String VIEW = "open_requests";

    private static final int BATCH = 1000;
    private static final int SAMPLE = 200;
    private static final long SEED = 20_261_124;

    /** How many documents of the part there are; at least one. */
    public long count(Part part) {
        return Math.max(1, Math.round(part.count() * scale));
    }

    /** The n-th document of a part, from 0. */
    public byte[] document(Part part, long number) {
        SplittableRandom random = new SplittableRandom(part.collection().hashCode() * SEED + number);
        return Fields.encode(part.make(new Documents(now), number, random).document());
    }

    /** About so many bytes of documents. */
    public static DataSet ofSize(long bytes, Instant now) {
        DataSet one = new DataSet(1, now);
        double whole = 0;
        for (Part part : Part.values()) {
            long sample = 0;
            for (int number = 0; number < SAMPLE; number++) {
                sample += one.document(part, number).length;
            }
            whole += (double) sample / SAMPLE * one.count(part);
        }
        return new DataSet(bytes / whole, now);
    }

    /** Changes documents of all kinds of traffic: payments move, messages are read, engagements progress. */
    public void change(MongoClient client, String database, long changes) {
        List<Part> parts = List.of(Part.PAYMENTS, Part.MESSAGES, Part.ENGAGEMENTS);
        for (Part part : parts) {
            MongoCollection<RawBsonDocument> collection =
                    client.getDatabase(database).getCollection(part.collection(), RawBsonDocument.class);
            List<UpdateOneModel<RawBsonDocument>> batch = new ArrayList<>();
            for (long change = 0; change < changes / parts.size(); change++) {
                BsonValue id = new RawBsonDocument(document(part, change * 7 % count(part))).get("_id");
                batch.add(new UpdateOneModel<>(new BsonDocument("_id", id), Updates.inc("revision", 1)));
                if (batch.size() == BATCH) {
                    collection.bulkWrite(batch, new BulkWriteOptions().ordered(false));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                collection.bulkWrite(batch, new BulkWriteOptions().ordered(false));
            }
        }
    }

    /** Builds the secondary indexes of a part. */
    public static void createIndexes(MongoDatabase database, Part part) {
        database.runCommand(new BsonDocument("createIndexes", new BsonString(part.collection()))
                .append("indexes", new BsonArray(part.indexes())));
    }

    /** Creates indexes and the view in an empty database. */
    public static void createCatalog(MongoDatabase database) {
        for (Part part : Part.values()) {
            database.createCollection(part.collection());
            createIndexes(database, part);
        }
        BsonDocument open = new BsonDocument("$match", new BsonDocument("status", new BsonString("open")));
        database.createView(VIEW, Part.REQUESTS.collection(), List.of(open));
    }

    /**
     * Inserts the documents of a part.
     *
     * @param loaded hears the bytes of each batch
     */
    public void load(MongoClient client, String database, Part part, LongConsumer loaded) {
        MongoCollection<RawBsonDocument> collection =
                client.getDatabase(database).getCollection(part.collection(), RawBsonDocument.class);
        long count = count(part);
        for (long first = 0; first < count; first += BATCH) {
            List<RawBsonDocument> batch = new ArrayList<>(BATCH);
            long bytes = 0;
            for (long number = first; number < Math.min(count, first + BATCH); number++) {
                byte[] document = document(part, number);
                bytes += document.length;
                batch.add(new RawBsonDocument(document));
            }
            collection.insertMany(batch, new InsertManyOptions().ordered(false));
            loaded.accept(bytes);
        }
    }
}
