package com.foodxchange.dr.acceptance;

import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.RenameCollectionOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Operations of every kind that clients of a deployment can send, at random, in two databases. What a server refuses is
 * no concern: it then leaves no entry either. Not thread-safe; several may work on the same databases.
 */
final class RandomOperations {
    private static final int COLLECTIONS = 6;
    private static final int IDS = 400;

    private final MongoClient client;
    private final List<String> databases;
    private final boolean transactions;
    private final Random random;

    RandomOperations(MongoClient client, List<String> databases, boolean transactions, long seed) {
        this.client = client;
        this.databases = databases;
        this.transactions = transactions;
        this.random = new Random(seed);
    }

    /** Does so many operations. */
    void run(int count) {
        for (int i = 0; i < count; i++) {
            try {
                one();
            } catch (MongoException refused) {
                if (refused.getCode() < 0) {
                    throw refused; // not the server's answer
                }
            }
        }
    }

    private void one() {
        MongoDatabase database = client.getDatabase(databases.get(random.nextInt(databases.size())));
        MongoCollection<BsonDocument> collection = database.getCollection(name(), BsonDocument.class);
        switch (random.nextInt(100)) {
            case 0 -> database.createCollection(name());
            case 1 ->
                database.createCollection(
                        "capped" + random.nextInt(2),
                        new CreateCollectionOptions()
                                .capped(true)
                                .sizeInBytes(65_536)
                                .maxDocuments(200));
            case 2 -> drop(collection);
            case 3 ->
                collection.renameCollection(
                        new MongoNamespace(database.getName(), name()),
                        new RenameCollectionOptions().dropTarget(random.nextBoolean()));
            case 4 ->
                collection.renameCollection(
                        new MongoNamespace(databases.get(random.nextInt(databases.size())), name()));
            case 5 -> collection.createIndex(Indexes.ascending("n"), new IndexOptions().sparse(random.nextBoolean()));
            case 6 -> collection.createIndex(Indexes.compoundIndex(Indexes.descending("s"), Indexes.ascending("n")));
            case 7 -> collection.dropIndexes();
            case 8 -> view(database);
            case 9 -> database.runCommand(new Document("collMod", name()).append("validationLevel", "moderate"));
            case 10 -> dropDatabase(database);
            case 11, 12 -> transaction(collection);
            case 13, 14, 15, 16 -> cappedInserts(database);
            default -> write(collection);
        }
    }

    private String name() {
        return "c" + random.nextInt(COLLECTIONS);
    }

    /** Rarely, so that something is there to be lost. */
    private void drop(MongoCollection<BsonDocument> collection) {
        if (random.nextInt(3) == 0) {
            collection.drop();
        }
    }

    private void dropDatabase(MongoDatabase database) {
        if (random.nextInt(10) == 0) {
            database.drop();
        }
    }

    private void view(MongoDatabase database) {
        String name = "v" + random.nextInt(3);
        if (random.nextInt(3) == 0) {
            database.getCollection(name).drop();
        } else {
            database.createView(name, name(), List.of(new Document("$match", new Document("n", random.nextInt(9)))));
        }
    }

    private void cappedInserts(MongoDatabase database) {
        MongoCollection<BsonDocument> capped = database.getCollection("capped" + random.nextInt(2), BsonDocument.class);
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            documents.add(document(new BsonObjectId(new ObjectId())));
        }
        capped.insertMany(documents);
    }

    private void transaction(MongoCollection<BsonDocument> collection) {
        if (!transactions) {
            write(collection);
            return;
        }
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            for (int i = random.nextInt(8); i >= 0; i--) {
                collection.replaceOne(session, Filters.eq(id()), document(id()), new ReplaceOptions().upsert(false));
                collection.deleteOne(session, Filters.eq(id()));
                collection.insertOne(session, document(new BsonObjectId(new ObjectId())));
            }
            if (random.nextInt(4) == 0) {
                session.abortTransaction();
            } else {
                session.commitTransaction();
            }
        }
    }

    private void write(MongoCollection<BsonDocument> collection) {
        Bson filter = Filters.eq(id());
        switch (random.nextInt(12)) {
            case 0 -> collection.deleteOne(filter);
            case 1 -> collection.deleteMany(Filters.eq("n", new BsonInt32(random.nextInt(40))));
            case 2 -> collection.updateMany(Filters.eq("n", new BsonInt32(random.nextInt(40))), update());
            case 3 -> collection.findOneAndUpdate(filter, update());
            case 4 -> collection.replaceOne(filter, document(null));
            case 5, 6, 7 -> collection.updateOne(filter, update());
            case 8 ->
                collection.insertMany(IntStream.range(0, 1 + random.nextInt(50))
                        .mapToObj(i -> document(new BsonObjectId(new ObjectId())))
                        .toList());
            default -> collection.insertOne(document(id()));
        }
    }

    private Bson update() {
        return switch (random.nextInt(8)) {
            case 0 -> Updates.inc("n", 1);
            case 1 -> Updates.unset("s");
            case 2 -> Updates.push("list", random.nextInt());
            case 3 -> Updates.set("deep.er." + random.nextInt(3), value());
            case 4 -> Updates.set("list." + random.nextInt(4), value());
            case 5 -> Updates.combine(Updates.set("s", value()), Updates.unset("deep"), Updates.inc("times", 2L));
            case 6 -> Updates.rename("s", "t");
            default -> Updates.set("f" + random.nextInt(5), value());
        };
    }

    private BsonValue id() {
        int number = random.nextInt(IDS);
        return switch (number % 5) {
            case 0 -> new BsonString("id-" + number);
            case 1 -> new BsonDocument("a", new BsonInt32(number)).append("b", new BsonString("x"));
            case 2 -> new BsonInt64(number);
            case 3 -> new BsonDouble(number + 0.5);
            default -> new BsonInt32(number);
        };
    }

    /** {@code id} is null for a replacement, which keeps the one that is there. */
    private BsonDocument document(@Nullable BsonValue id) {
        BsonDocument document = new BsonDocument();
        if (id != null) {
            document.append("_id", id);
        }
        document.append("n", new BsonInt32(random.nextInt(40)));
        for (int i = random.nextInt(5); i > 0; i--) {
            document.append("f" + i, value());
        }
        return document.append("s", new BsonString("text ".repeat(random.nextInt(40))));
    }

    private BsonValue value() {
        return switch (random.nextInt(9)) {
            case 0 -> new BsonDouble(Double.longBitsToDouble(0x7ff8000000000000L | random.nextInt(1 << 20)));
            case 1 -> new BsonDecimal128(Decimal128.parse(random.nextInt(1000) + ".50"));
            case 2 -> BsonNull.VALUE;
            case 3 -> new BsonDateTime(random.nextLong(2_000_000_000_000L));
            case 4 -> new BsonBinary(bytes());
            case 5 -> new BsonArray(List.of(new BsonInt32(random.nextInt()), new BsonString("")));
            case 6 -> new BsonDocument("", new BsonInt64(random.nextLong())).append("er", new BsonDocument());
            case 7 -> new BsonString("ünïcode \u0000 " + random.nextInt());
            default -> new BsonInt64(random.nextLong());
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }
}
