package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written: the oplog's entries alone, replayed onto nothing, give the same documents. */
@ParameterizedClass
@MethodSource("com.foodxchange.dr.sandbox.Deployment#all")
class OplogReplayTest {
    private static final int OPERATIONS = 1500;
    private static final List<String> PATHS =
            List.of("a", "b", "c", "n.x", "n.y.z", "n.y", "l", "l.0", "l.2", "l.1.q", "l.4", "m", "m.0.a", "m.1");

    private final Deployment deployment;
    private final MongoDatabase database;
    private Random random = new Random();

    OplogReplayTest(Deployment deployment) {
        this.deployment = deployment;
        this.database = deployment.newDatabase();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOplogTellsEverything(long seed) {
        random = new Random(seed);
        MongoCollection<BsonDocument> oplog =
                deployment.client().getDatabase("local").getCollection("oplog.rs", BsonDocument.class);
        BsonValue start = Objects.requireNonNull(
                        oplog.find().sort(Sorts.descending("$natural")).first())
                .get("ts");
        int refused = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            try {
                operate();
            } catch (MongoException e) {
                // what does not fit the document is refused, and must leave no trace
                refused++;
            }
        }
        assertThat(refused).isLessThan(OPERATIONS / 2);
        Map<String, Map<BsonValue, BsonDocument>> model = new HashMap<>();
        for (BsonDocument entry : oplog.find(Filters.gt("ts", start))) {
            replay(entry, model);
        }
        compare(model);
        database.drop();
    }

    private void compare(Map<String, Map<BsonValue, BsonDocument>> model) {
        for (String name : database.listCollectionNames()) {
            Map<BsonValue, BsonDocument> expected = model.getOrDefault(name, Map.of());
            Map<BsonValue, BsonDocument> actual = new LinkedHashMap<>();
            for (BsonDocument each :
                    database.getCollection(name, BsonDocument.class).find()) {
                actual.put(each.get("_id"), each);
            }
            assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
            actual.forEach((id, each) -> assertThat(each.toJson())
                    .isEqualTo(Objects.requireNonNull(expected.get(id)).toJson()));
        }
    }

    private void replay(BsonDocument entry, Map<String, Map<BsonValue, BsonDocument>> model) {
        String namespace = entry.getString("ns").getValue();
        if (!namespace.startsWith(database.getName() + ".")) {
            return;
        }
        BsonDocument o = entry.getDocument("o");
        Map<BsonValue, BsonDocument> documents =
                model.computeIfAbsent(namespace.substring(database.getName().length() + 1), unused -> new HashMap<>());
        switch (entry.getString("op").getValue()) {
            case "i" -> documents.put(o.get("_id"), o);
            case "d" -> documents.remove(o.get("_id"));
            case "u" -> {
                BsonValue id = entry.getDocument("o2").get("_id");
                BsonDocument before = Objects.requireNonNull(documents.get(id));
                documents.put(id, o.containsKey("$v") ? DiffApplier.apply(before, o.getDocument("diff")) : o);
            }
            case "c" -> command(o, model);
            default -> {}
        }
    }

    private void command(BsonDocument o, Map<String, Map<BsonValue, BsonDocument>> model) {
        if (o.containsKey("drop")) {
            model.remove(o.getString("drop").getValue());
        } else if (o.containsKey("renameCollection")) {
            Map<BsonValue, BsonDocument> moved = model.remove(collection(o, "renameCollection"));
            model.put(collection(o, "to"), moved == null ? new HashMap<>() : moved);
        }
    }

    private String collection(BsonDocument o, String field) {
        return o.getString(field).getValue().substring(database.getName().length() + 1);
    }

    private void operate() {
        MongoCollection<Document> c = database.getCollection("c" + random.nextInt(3));
        int kind = random.nextInt(100);
        Document one = new Document("_id", random.nextInt(20));
        if (kind < 20) {
            c.insertOne(one.append("a", value(2))
                    .append("n", doc("{x: 1, y: {z: 2}}"))
                    .append("l", list(2)));
        } else if (kind < 75) {
            c.updateOne(one, update(), new UpdateOptions().upsert(random.nextInt(4) == 0));
        } else if (kind < 82) {
            c.replaceOne(one, new Document("b", value(2)), new ReplaceOptions().upsert(random.nextBoolean()));
        } else if (kind < 88) {
            c.deleteOne(one);
        } else if (kind < 93) {
            c.updateMany(new Document("a", value(0)), update());
        } else if (kind < 97) {
            c.findOneAndUpdate(
                    one, List.of(new Document("$set", new Document("s", "$a")), new Document("$unset", "b")));
        } else if (kind < 99) {
            c.createIndex(new Document(PATHS.get(random.nextInt(3)), 1));
        } else {
            String other = database.getName() + ".c" + random.nextInt(3);
            c.renameCollection(
                    new MongoNamespace(other), new com.mongodb.client.model.RenameCollectionOptions().dropTarget(true));
        }
    }

    private Document update() {
        Document update = new Document();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            switch (random.nextInt(11)) {
                case 0, 1, 2 -> add(update, "$set", path, value(2));
                case 3 -> add(update, "$unset", path, "");
                case 4 -> add(update, "$inc", path, random.nextInt(5));
                case 5 -> add(update, "$push", path, new Document("$each", list(1)).append("$slice", -5));
                case 6 -> add(update, "$pop", path, random.nextBoolean() ? 1 : -1);
                case 7 -> add(update, "$pull", path, new Document("$gt", random.nextInt(5)));
                case 8 -> add(update, "$addToSet", path, value(1));
                case 9 -> add(update, "$max", path, value(0));
                default -> add(update, "$rename", path, PATHS.get(random.nextInt(6)));
            }
        }
        return update;
    }

    private static void add(Document update, String operator, String path, Object operand) {
        if (update.get(operator) instanceof Document fields) {
            fields.append(path, operand);
        } else {
            update.append(operator, new Document(path, operand));
        }
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> random.nextInt(10);
            case 1 -> "text" + random.nextInt(5);
            case 2 -> random.nextInt(10) / 2.0;
            case 3 -> random.nextBoolean();
            case 4 -> list(depth - 1);
            default -> new Document("q", value(depth - 1)).append("z", value(depth - 1));
        };
    }

    private List<Object> list(int depth) {
        return random.ints(random.nextInt(5)).mapToObj(unused -> value(depth)).toList();
    }
}
