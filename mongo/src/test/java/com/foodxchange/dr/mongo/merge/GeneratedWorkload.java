package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Namespace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Random operations of every kind on a model of a server that keeps whole documents in maps, with the oplog entries that
 * a server would write for them and the state after each.
 */
final class GeneratedWorkload {
    private static final List<String> DATABASES = List.of("food", "change");
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> FIELDS = List.of("x", "y", "z", "w");

    /** One collection of the model; documents by the number or text of their {@code _id}. */
    private static final class Collection {
        private final UUID uuid;
        private final TreeMap<String, BsonDocument> documents = new TreeMap<>();
        private final List<BsonDocument> indexes = new ArrayList<>();

        Collection(UUID uuid) {
            this.uuid = uuid;
            indexes.add(BsonDocument.parse("{v: 2, key: {_id: 1}, name: '_id_'}"));
        }
    }

    private final Random random;
    /** Servers from 5.0 on write diffs, older ones modifiers; no history has both, which differ in what they do to order. */
    private final boolean writesDiffs;

    private final TreeMap<Namespace, Collection> collections = new TreeMap<>();
    private final List<BsonDocument> entries = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private int transactions;
    private int uuids;

    GeneratedWorkload(long seed, int steps) {
        random = new Random(seed);
        writesDiffs = random.nextBoolean();
        states.add(state());
        while (entries.size() < steps) {
            step();
        }
    }

    /** The entries in order, each as the bytes of a document. */
    List<byte[]> entries() {
        return entries.stream().map(GeneratedWorkload::bytes).toList();
    }

    /** What the server holds after that many entries. */
    State stateAfter(int count) {
        return states.get(count);
    }

    private void step() {
        switch (random.nextInt(24)) {
            case 0 -> create();
            case 1 -> drop();
            case 2 -> rename();
            case 3 -> index();
            case 4 -> transaction();
            case 5 -> emit(entry("n", "").append("o", BsonDocument.parse("{msg: 'periodic noop'}")));
            default -> write();
        }
    }

    private void emit(BsonDocument entry) {
        emit(entry, state());
    }

    private void emit(BsonDocument entry, State after) {
        int number = entries.size();
        entries.add(entry.append("ts", new BsonTimestamp(1000 + number / 3, 1 + number % 3))
                .append("t", new BsonInt64(1)));
        states.add(after);
    }

    private static BsonDocument entry(String op, String namespace) {
        return new BsonDocument("op", new BsonString(op)).append("ns", new BsonString(namespace));
    }

    private void command(Namespace namespace, Collection collection, BsonDocument command) {
        emit(entry("c", namespace.database() + ".$cmd")
                .append("ui", new BsonBinary(collection.uuid))
                .append("o", command));
    }

    private Namespace name() {
        return new Namespace(DATABASES.get(random.nextInt(DATABASES.size())), NAMES.get(random.nextInt(NAMES.size())));
    }

    private void create() {
        Namespace namespace = name();
        if (!collections.containsKey(namespace)) {
            Collection created = new Collection(new UUID(77, ++uuids));
            collections.put(namespace, created);
            command(
                    namespace,
                    created,
                    new BsonDocument("create", new BsonString(namespace.collection()))
                            .append("idIndex", created.indexes.getFirst()));
        }
    }

    private void drop() {
        Namespace namespace = name();
        Collection dropped = random.nextInt(3) == 0 ? collections.remove(namespace) : null;
        if (dropped != null) {
            command(namespace, dropped, new BsonDocument("drop", new BsonString(namespace.collection())));
        }
    }

    /** Within a database, onto a free name or over another collection. */
    private void rename() {
        Namespace from = name();
        Namespace to = new Namespace(from.database(), NAMES.get(random.nextInt(NAMES.size())));
        Collection moved = collections.get(from);
        if (moved == null || from.equals(to)) {
            return;
        }
        collections.remove(from);
        Collection replaced = collections.put(to, moved);
        BsonDocument command = new BsonDocument("renameCollection", new BsonString(from.toString()))
                .append("to", new BsonString(to.toString()))
                .append("stayTemp", BsonBoolean.FALSE);
        if (replaced != null) {
            command.append("dropTarget", new BsonBinary(replaced.uuid));
        }
        command(from, moved, command);
    }

    private void index() {
        Namespace namespace = name();
        Collection collection = collections.get(namespace);
        if (collection == null) {
            return;
        }
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        BsonDocument index =
                BsonDocument.parse("{v: 2, key: {" + field + ": 1}, name: '" + field + "_1', sparse: true}");
        BsonString name = new BsonString(namespace.collection());
        if (collection.indexes.remove(index)) {
            command(
                    namespace,
                    collection,
                    new BsonDocument("dropIndexes", name).append("index", index.getString("name")));
        } else if (random.nextBoolean()) {
            collection.indexes.add(index);
            BsonDocument command = new BsonDocument("createIndexes", name);
            command.putAll(index);
            command(namespace, collection, command);
        } else {
            build(namespace, collection, index);
        }
    }

    private void build(Namespace namespace, Collection collection, BsonDocument index) {
        BsonArray indexes = new BsonArray(List.of(index));
        BsonString name = new BsonString(namespace.collection());
        command(namespace, collection, new BsonDocument("startIndexBuild", name).append("indexes", indexes));
        write();
        if (random.nextInt(4) == 0) {
            command(namespace, collection, new BsonDocument("abortIndexBuild", name).append("indexes", indexes));
        } else {
            collection.indexes.add(index);
            command(namespace, collection, new BsonDocument("commitIndexBuild", name).append("indexes", indexes));
        }
    }

    private void write() {
        BsonDocument operation = operation();
        if (operation != null) {
            apply(operation);
            emit(operation);
        }
    }

    /** An insertion, update or removal that makes sense now, not yet applied; null when there is no collection. */
    private @Nullable BsonDocument operation() {
        Namespace namespace = name();
        Collection collection = collections.get(namespace);
        if (collection == null) {
            return null;
        }
        String key = String.valueOf(random.nextInt(8));
        BsonDocument present = collection.documents.get(key);
        BsonValue id = present == null ? id(key) : idOf(present);
        BsonDocument target = new BsonDocument("_id", id);
        if (present == null) {
            return operation("i", namespace, collection).append("o", document(id));
        }
        BsonDocument update = operation("u", namespace, collection).append("o2", target);
        return switch (random.nextInt(5)) {
            case 0 -> operation("d", namespace, collection).append("o", target);
            case 1 -> update.append("o", document(id));
            default -> update.append("o", writesDiffs ? diff(present) : modifiers());
        };
    }

    private static BsonDocument operation(String op, Namespace namespace, Collection collection) {
        return entry(op, namespace.toString()).append("ui", new BsonBinary(collection.uuid));
    }

    /** The same {@code _id} as different numeric types, which are equal to a server. */
    private BsonValue id(String key) {
        int number = Integer.parseInt(key);
        return switch (random.nextInt(4)) {
            case 0 -> new BsonInt32(number);
            case 1 -> new BsonInt64(number);
            default -> number < 4 ? new BsonDouble(number) : new BsonString(key);
        };
    }

    private static BsonValue idOf(BsonDocument document) {
        return Objects.requireNonNull(document.get("_id"));
    }

    private static String key(BsonValue id) {
        return id.isString()
                ? id.asString().getValue()
                : String.valueOf(id.asNumber().intValue());
    }

    private BsonDocument document(BsonValue id) {
        BsonDocument document = new BsonDocument("_id", id);
        FIELDS.forEach(field -> {
            if (random.nextBoolean()) {
                document.append(field, value());
            }
        });
        return document;
    }

    private BsonValue value() {
        return new BsonString("v" + random.nextInt(1000) + "-".repeat(random.nextInt(random.nextInt(60) + 1)));
    }

    /**
     * Fields are set, or one that is never set again is unset: where a field is unset and set again while a scan goes on,
     * modifiers do not tell its place among the others, for a server's own initial sync no more than for us.
     */
    private BsonDocument modifiers() {
        BsonDocument modifiers = new BsonDocument("$v", new BsonInt32(1));
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        return field.equals(FIELDS.getLast())
                ? modifiers.append("$unset", new BsonDocument(field, BsonBoolean.TRUE))
                : modifiers.append("$set", new BsonDocument(field, value()));
    }

    /** As servers write them: only fields that are there are updated or deleted; an inserted one goes to the end. */
    private BsonDocument diff(BsonDocument document) {
        List<String> present = new ArrayList<>(FIELDS);
        present.retainAll(document.keySet());
        Collections.shuffle(present, random);
        BsonDocument diff = new BsonDocument();
        if (present.size() > 1 && random.nextBoolean()) {
            diff.append("d", new BsonDocument(present.get(1), BsonBoolean.FALSE));
        }
        if (!present.isEmpty() && random.nextBoolean()) {
            diff.append("u", new BsonDocument(present.getFirst(), value()));
        }
        List<String> inserted = new ArrayList<>(FIELDS);
        inserted.removeAll(present.subList(0, Math.min(2, present.size())));
        Collections.shuffle(inserted, random);
        if (diff.isEmpty() || random.nextBoolean()) {
            diff.append("i", new BsonDocument(inserted.getFirst(), value()));
        }
        return new BsonDocument("$v", new BsonInt32(2)).append("diff", diff);
    }

    /** Operations on documents of their own, in one entry or two, at once or prepared and ended later. */
    private void transaction() {
        State before = state();
        Map<Namespace, Collection> collectionsBefore = copy();
        BsonArray operations = new BsonArray();
        for (int i = random.nextInt(4); i >= 0; i--) {
            BsonDocument operation = operation();
            if (operation != null) {
                apply(operation);
                operations.add(operation);
            }
        }
        if (operations.isEmpty()) {
            return;
        }
        String session = "s" + ++transactions;
        boolean prepare = random.nextInt(3) == 0;
        int cut = random.nextInt(operations.size());
        if (cut > 0) {
            BsonDocument part = new BsonDocument("applyOps", new BsonArray(operations.subList(0, cut)));
            emit(inSession(session, part.append("partialTxn", BsonBoolean.TRUE), false), before);
        }
        BsonDocument last = new BsonDocument("applyOps", new BsonArray(operations.subList(cut, operations.size())));
        if (!prepare) {
            emit(inSession(session, last, cut > 0));
            return;
        }
        emit(inSession(session, last.append("prepare", BsonBoolean.TRUE), cut > 0), before);
        endPrepared(session, before, collectionsBefore);
    }

    /** What lies between is in other collections: a prepared transaction holds its own. */
    private void endPrepared(String session, State before, Map<Namespace, Collection> collectionsBefore) {
        for (int i = random.nextInt(4); i > 0; i--) {
            emit(entry("n", "").append("o", BsonDocument.parse("{msg: 'periodic noop'}")), before);
        }
        if (random.nextInt(3) == 0) {
            collections.clear();
            collections.putAll(collectionsBefore);
            emit(inSession(session, BsonDocument.parse("{abortTransaction: 1}"), true));
        } else {
            emit(inSession(session, BsonDocument.parse("{commitTransaction: 1}"), true));
        }
    }

    private BsonDocument inSession(String session, BsonDocument object, boolean goesOn) {
        BsonTimestamp previous = goesOn ? entries.getLast().getTimestamp("ts") : new BsonTimestamp(0, 0);
        return entry("c", "admin.$cmd")
                .append("lsid", new BsonDocument("id", new BsonString(session)))
                .append("txnNumber", new BsonInt64(1))
                .append("prevOpTime", new BsonDocument("ts", previous).append("t", new BsonInt64(1)))
                .append("o", object);
    }

    private void apply(BsonDocument operation) {
        Collection collection =
                collections.get(Namespace.parse(operation.getString("ns").getValue()));
        BsonDocument object = operation.getDocument("o");
        if (collection == null) {
            throw new IllegalStateException("no collection for " + operation);
        }
        switch (operation.getString("op").getValue()) {
            case "i" -> collection.documents.put(key(idOf(object)), object);
            case "d" -> collection.documents.remove(key(idOf(object)));
            default ->
                collection.documents.computeIfPresent(
                        key(idOf(operation.getDocument("o2"))), (key, document) -> updated(document, object));
        }
    }

    /** The update in the model's own words: a document is a map that keeps the order of its fields. */
    private static BsonDocument updated(BsonDocument document, BsonDocument update) {
        if (update.containsKey("_id")) {
            return update;
        }
        BsonDocument result = document.clone();
        update.getDocument("$set", new BsonDocument()).forEach(result::put);
        update.getDocument("$unset", new BsonDocument()).keySet().forEach(result::remove);
        BsonDocument diff = update.getDocument("diff", new BsonDocument());
        diff.getDocument("d", new BsonDocument()).keySet().forEach(result::remove);
        diff.getDocument("u", new BsonDocument()).forEach(result::put);
        diff.getDocument("i", new BsonDocument()).forEach((field, value) -> {
            result.remove(field);
            result.put(field, value);
        });
        return result;
    }

    private Map<Namespace, Collection> copy() {
        Map<Namespace, Collection> copy = new TreeMap<>();
        collections.forEach((namespace, collection) -> {
            Collection same = new Collection(collection.uuid);
            same.indexes.clear();
            same.indexes.addAll(collection.indexes);
            same.documents.putAll(collection.documents);
            copy.put(namespace, same);
        });
        return copy;
    }

    private State state() {
        Map<Namespace, State.Collection> state = new TreeMap<>();
        collections.forEach((namespace, collection) -> state.put(
                namespace,
                new State.Collection(
                        new CollectionSpec(
                                namespace,
                                CollectionSpec.Type.COLLECTION,
                                collection.uuid,
                                new BsonDocument(),
                                collection.indexes),
                        collection.documents.values().stream()
                                .map(GeneratedWorkload::bytes)
                                .toList())));
        return new State(state);
    }

    private static byte[] bytes(BsonDocument document) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(out),
                        document,
                        EncoderContext.builder().build());
        return out.toByteArray();
    }
}
