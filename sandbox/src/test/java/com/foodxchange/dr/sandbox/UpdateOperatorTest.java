package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.foodxchange.dr.sandbox.Deployment#all")
class UpdateOperatorTest {
    private final MongoDatabase database;
    private final MongoCollection<Document> collection;

    UpdateOperatorTest(Deployment deployment) {
        this.database = deployment.newDatabase();
        this.collection = database.getCollection("c");
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    /** Updates a document and compares, the order of fields included. */
    private void check(String before, String update, String after) {
        check(before, "{}", update, after);
    }

    private void check(String before, String filter, String update, String after) {
        collection.deleteMany(doc("{}"));
        collection.insertOne(doc(before));
        collection.updateOne(doc(filter), doc(update));
        assertThat(Objects.requireNonNull(collection.find().first()).toJson())
                .isEqualTo(doc(after).toJson());
    }

    private void refuse(String before, String update) {
        collection.deleteMany(doc("{}"));
        collection.insertOne(doc(before));
        assertThatThrownBy(() -> collection.updateOne(doc("{}"), doc(update)))
                .isInstanceOf(com.mongodb.MongoException.class);
        assertThat(collection.find().first()).isEqualTo(doc(before));
    }

    @Test
    void fieldsAreSetAndRemoved() {
        check("{_id: 1, a: 1, b: 2}", "{$set: {z: 1, c: 2, a: 5}}", "{_id: 1, a: 5, b: 2, c: 2, z: 1}");
        check("{_id: 1, a: {b: 1}}", "{$set: {'a.c.d': 1}}", "{_id: 1, a: {b: 1, c: {d: 1}}}");
        check("{_id: 1, a: [1]}", "{$set: {'a.3': 9}}", "{_id: 1, a: [1, null, null, 9]}");
        check("{_id: 1, a: [{b: 1}]}", "{$set: {'a.0.b': 2}}", "{_id: 1, a: [{b: 2}]}");
        check("{_id: 1, a: 1, b: {c: 1, d: 2}}", "{$unset: {a: '', 'b.c': '', 'x.y': ''}}", "{_id: 1, b: {d: 2}}");
        check("{_id: 1, a: [1, 2]}", "{$unset: {'a.0': ''}}", "{_id: 1, a: [null, 2]}");
        refuse("{_id: 1, a: 1}", "{$set: {'a.b': 1}}");
        refuse("{_id: 1, a: [1]}", "{$set: {'a.b': 1}}");
        refuse("{_id: 1, a: 1}", "{$set: {a: 1, 'a.b': 1}}");
    }

    @Test
    void numbersAreComputedInTheirTypes() {
        check("{_id: 1, a: 1}", "{$inc: {a: 2, b: 3}}", "{_id: 1, a: 3, b: 3}");
        check("{_id: 1, a: 2147483647}", "{$inc: {a: 1}}", "{_id: 1, a: {$numberLong: '2147483648'}}");
        check("{_id: 1, a: 1}", "{$inc: {a: 0.5}}", "{_id: 1, a: 1.5}");
        check("{_id: 1, a: {$numberDecimal: '1.10'}}", "{$inc: {a: 1}}", "{_id: 1, a: {$numberDecimal: '2.10'}}");
        check("{_id: 1, a: 3}", "{$mul: {a: 4, b: 5}}", "{_id: 1, a: 12, b: 0}");
        check("{_id: 1, a: 5, b: 5}", "{$min: {a: 3, c: 1}, $max: {b: 3}}", "{_id: 1, a: 3, b: 5, c: 1}");
        check("{_id: 1, a: 13}", "{$bit: {a: {and: 10, or: 1}}}", "{_id: 1, a: 9}");
        refuse("{_id: 1, a: 'x'}", "{$inc: {a: 1}}");
        refuse("{_id: 1, a: {$numberLong: '9223372036854775807'}}", "{$inc: {a: 1}}");
    }

    @Test
    void fieldsAreRenamed() {
        check("{_id: 1, a: 1, b: 2}", "{$rename: {a: 'c'}}", "{_id: 1, b: 2, c: 1}");
        check("{_id: 1, a: {b: 1}}", "{$rename: {'a.b': 'x.y', q: 'z'}}", "{_id: 1, a: {}, x: {y: 1}}");
    }

    @Test
    void arraysGrow() {
        check("{_id: 1, a: [1]}", "{$push: {a: 2, b: 3}}", "{_id: 1, a: [1, 2], b: [3]}");
        check("{_id: 1, a: [1]}", "{$push: {a: {$each: [5, 3]}}}", "{_id: 1, a: [1, 5, 3]}");
        check("{_id: 1, a: [1, 9]}", "{$push: {a: {$each: [5], $position: 1}}}", "{_id: 1, a: [1, 5, 9]}");
        check("{_id: 1, a: [4]}", "{$push: {a: {$each: [5, 3], $sort: -1, $slice: 2}}}", "{_id: 1, a: [5, 4]}");
        check("{_id: 1, a: [1, 2]}", "{$push: {a: {$each: [3], $slice: -2}}}", "{_id: 1, a: [2, 3]}");
        check(
                "{_id: 1, a: [{x: 3}]}",
                "{$push: {a: {$each: [{x: 1}], $sort: {x: 1}}}}",
                "{_id: 1, a: [{x: 1}, {x: 3}]}");
        check("{_id: 1, a: [1, {b: 1}]}", "{$addToSet: {a: {b: 1}}}", "{_id: 1, a: [1, {b: 1}]}");
        check("{_id: 1, a: [1]}", "{$addToSet: {a: {$each: [1.0, 2, 2]}}}", "{_id: 1, a: [1, 2]}");
        refuse("{_id: 1, a: 1}", "{$push: {a: 1}}");
    }

    @Test
    void arraysShrink() {
        check("{_id: 1, a: [1, 2, 3]}", "{$pop: {a: 1}}", "{_id: 1, a: [1, 2]}");
        check("{_id: 1, a: [1, 2, 3]}", "{$pop: {a: -1}}", "{_id: 1, a: [2, 3]}");
        check("{_id: 1, a: [1, 2, 3, 2]}", "{$pull: {a: 2}}", "{_id: 1, a: [1, 3]}");
        check("{_id: 1, a: [1, 5, 9]}", "{$pull: {a: {$gt: 4}}}", "{_id: 1, a: [1]}");
        check("{_id: 1, a: [{b: 1, c: 1}, {b: 2}]}", "{$pull: {a: {b: 1}}}", "{_id: 1, a: [{b: 2}]}");
        check("{_id: 1, a: [1, 2, 3]}", "{$pullAll: {a: [1, 3]}}", "{_id: 1, a: [2]}");
        check("{_id: 1}", "{$pull: {a: 1}}", "{_id: 1}");
    }

    @Test
    void elementsAreFoundByPositionAndFilter() {
        check("{_id: 1, a: [1, 5, 9]}", "{a: 5}", "{$set: {'a.$': 6}}", "{_id: 1, a: [1, 6, 9]}");
        check(
                "{_id: 1, a: [{b: 1}, {b: 2, c: 0}]}",
                "{a: {$elemMatch: {b: 2}}}",
                "{$inc: {'a.$.c': 1}}",
                "{_id: 1, a: [{b: 1}, {b: 2, c: 1}]}");
        check("{_id: 1, a: [{b: 1}, {b: 2}]}", "{'a.b': 2}", "{$set: {'a.$.b': 3}}", "{_id: 1, a: [{b: 1}, {b: 3}]}");
        check("{_id: 1, a: [{b: 1}, {b: 2}]}", "{$inc: {'a.$[].b': 10}}", "{_id: 1, a: [{b: 11}, {b: 12}]}");
        collection.deleteMany(doc("{}"));
        collection.insertOne(doc("{_id: 1, a: [{b: 1, c: [1, 7]}, {b: 2, c: [8, 2]}]}"));
        collection.updateOne(
                doc("{}"),
                doc("{$set: {'a.$[x].c.$[y]': 0}}"),
                new UpdateOptions().arrayFilters(List.of(doc("{'x.b': {$gte: 2}}"), doc("{y: {$gt: 5}}"))));
        assertThat(collection.find().first()).isEqualTo(doc("{_id: 1, a: [{b: 1, c: [1, 7]}, {b: 2, c: [0, 2]}]}"));
    }

    @Test
    void theTimeIsSet() {
        collection.insertOne(doc("{_id: 1}"));
        collection.updateOne(doc("{}"), doc("{$currentDate: {a: true, b: {$type: 'timestamp'}}}"));
        Document found = Objects.requireNonNull(collection.find().first());
        assertThat(found.get("a")).isInstanceOf(Date.class);
        assertThat(found.get("b")).isInstanceOf(BsonTimestamp.class);
    }

    @Test
    void aPipelineUpdates() {
        collection.insertOne(doc("{_id: 1, a: 1, b: 2}"));
        collection.updateOne(doc("{_id: 1}"), List.of(doc("{$set: {c: {$add: ['$a', '$b']}}}"), doc("{$unset: 'a'}")));
        assertThat(collection.find().first()).isEqualTo(doc("{_id: 1, b: 2, c: 3}"));
    }
}
