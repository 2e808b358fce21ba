package com.foodxchange.dr.cli.bench;

import com.foodxchange.dr.cli.demo.DataSet;
import com.foodxchange.dr.cli.demo.Part;
import com.foodxchange.dr.mongo.dump.DirectoryDumpSource;
import com.foodxchange.dr.mongo.dump.DocumentReader;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.RawBsonDocument;

/** What no backup and no restore can be faster than: reading and inserting documents, and nothing else. */
final class Raw {
    private static final int BATCH = 1000;

    private final MongoClient client;
    private final AtomicLong bytes;

    /** {@code bytes}: counts what went through. */
    Raw(MongoClient client, AtomicLong bytes) {
        this.client = client;
        this.bytes = bytes;
    }

    /** Loads the data set. */
    void load(DataSet data, String database) throws InterruptedException {
        DataSet.createCatalog(client.getDatabase(database));
        SideBySide.run(
                List.of(Part.values()), part -> data.load(client, database, part, loaded -> bytes.addAndGet(loaded)));
    }

    /** Reads every document. */
    void scan(String database) throws InterruptedException {
        SideBySide.run(List.of(Part.values()), part -> {
            long read = 0;
            try (MongoCursor<RawBsonDocument> cursor =
                    collection(database, part).find().batchSize(BATCH).iterator()) {
                while (cursor.hasNext()) {
                    read += cursor.next().getByteBuffer().remaining();
                }
            }
            bytes.addAndGet(read);
        });
    }

    /** Inserts the documents of a dump tree. */
    void insert(Path tree, String from, String database) throws InterruptedException {
        SideBySide.run(List.of(Part.values()), part -> insert(new DirectoryDumpSource(tree), from, database, part));
    }

    private void insert(DirectoryDumpSource tree, String from, String database, Part part)
            throws IOException, InterruptedException {
        MongoCollection<RawBsonDocument> collection = collection(database, part);
        List<RawBsonDocument> batch = new ArrayList<>(BATCH);
        try (DocumentReader documents = new DocumentReader(tree.open(from + "/" + part.collection() + ".bson"))) {
            while (documents.next()) {
                int end = documents.offset() + documents.length();
                batch.add(new RawBsonDocument(Arrays.copyOfRange(documents.buffer(), documents.offset(), end)));
                bytes.addAndGet(documents.length());
                if (batch.size() == BATCH) {
                    collection.insertMany(batch, new InsertManyOptions().ordered(false));
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            collection.insertMany(batch, new InsertManyOptions().ordered(false));
        }
    }

    /** Builds the secondary indexes. */
    void index(String database) throws InterruptedException {
        MongoDatabase target = client.getDatabase(database);
        SideBySide.run(List.of(Part.values()), part -> DataSet.createIndexes(target, part));
    }

    private MongoCollection<RawBsonDocument> collection(String database, Part part) {
        return client.getDatabase(database).getCollection(part.collection(), RawBsonDocument.class);
    }
}
