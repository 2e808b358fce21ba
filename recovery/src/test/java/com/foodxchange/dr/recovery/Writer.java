package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** The only one who writes: it knows what is there at each moment without asking the database. One thread uses it. */
public final class Writer {
    private final Deployment deployment;
    private final Random random;
    private final Map<Namespace, TreeMap<Integer, RawBsonDocument>> truth = new HashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final int first;
    private int next;

    /** After the operation at {@code at}, the collections hold {@code contents}. */
    public record Note(OpTime at, Map<Namespace, ContentHash.Value> contents) {}

    Writer(Deployment deployment, long seed) {
        this.deployment = deployment;
        this.random = new Random(seed);
        // Two writers of different seeds do not get into each other's way.
        this.first = Math.toIntExact(seed * 1_000_000);
        this.next = first;
        truth.put(Lab.ORDERS, new TreeMap<>());
        truth.put(Lab.AUDIT, new TreeMap<>());
    }

    /** Writes so many times, and notes each moment after {@code everyNote} of them. */
    public Writer write(int operations, int everyNote) throws InterruptedException {
        for (int i = 1; i <= operations; i++) {
            once(random.nextInt(4) == 0 ? Lab.AUDIT : Lab.ORDERS);
            if (i % everyNote == 0) {
                note();
            }
        }
        return this;
    }

    private void once(Namespace namespace) {
        TreeMap<Integer, RawBsonDocument> documents = truth.get(namespace);
        MongoCollection<RawBsonDocument> collection = deployment
                .client()
                .getDatabase(namespace.database())
                .getCollection(namespace.collection(), RawBsonDocument.class);
        int kind = documents == null || documents.size() < 5 ? 0 : random.nextInt(5);
        if (documents == null) {
            return;
        }
        if (kind < 3) {
            next++;
            documents.put(next, document(next));
            collection.insertOne(document(next, documents));
        } else {
            Integer id = documents.ceilingKey(first + 1 + random.nextInt(next - first));
            int existing = id == null ? documents.lastKey() : id;
            if (kind == 3) {
                documents.put(existing, document(existing));
                collection.replaceOne(Filters.eq(existing), document(existing, documents));
            } else {
                documents.remove(existing);
                collection.deleteOne(Filters.eq(existing));
            }
        }
    }

    private static RawBsonDocument document(int id, Map<Integer, RawBsonDocument> documents) {
        RawBsonDocument document = documents.get(id);
        if (document == null) {
            throw new IllegalStateException("no document " + id);
        }
        return document;
    }

    private RawBsonDocument document(int id) {
        BsonDocument document = new BsonDocument("_id", new BsonInt32(id))
                .append("value", new BsonInt32(random.nextInt()))
                .append("text", new BsonString("x".repeat(random.nextInt(300))));
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    private void note() throws InterruptedException {
        notes.add(new Note(deployment.lastWrite(), contents()));
    }

    /** What is there now. */
    public Map<Namespace, ContentHash.Value> contents() {
        Map<Namespace, ContentHash.Value> contents = new HashMap<>();
        truth.forEach((namespace, documents) -> {
            if (!documents.isEmpty()) {
                contents.put(namespace, hash(documents));
            }
        });
        return contents;
    }

    private static ContentHash.Value hash(Map<Integer, RawBsonDocument> documents) {
        ContentHash hash = new ContentHash();
        for (RawBsonDocument document : documents.values()) {
            byte[] bytes = new byte[document.getByteBuffer().remaining()];
            document.getByteBuffer().get(bytes);
            hash.add(bytes, 0, bytes.length);
        }
        return hash.value();
    }

    public List<Note> notes() {
        return notes;
    }
}
