package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.CursorType;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonNull;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.foodxchange.dr.sandbox.Deployment#all")
class QueryTest {
    private final MongoDatabase database;
    private final MongoCollection<Document> collection;

    QueryTest(Deployment deployment) {
        this.database = deployment.newDatabase();
        this.collection = database.getCollection("c");
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    private void insert(String... documents) {
        for (String each : documents) {
            collection.insertOne(doc(each));
        }
    }

    private List<Object> ids(String filter) {
        return collection.find(doc(filter)).map(each -> each.get("_id")).into(new ArrayList<>());
    }

    @Test
    void idsOfAllTypesHaveOneOrder() {
        List<Object> ordered = List.of(
                new MinKey(),
                BsonNull.VALUE,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                -5L,
                Decimal128.parse("1.5"),
                2,
                2.5,
                Long.MAX_VALUE - 1,
                0x1p63,
                "",
                "a",
                "b",
                doc("{}"),
                doc("{a: 1}"),
                doc("{b: 1}"),
                doc("{a: 'x'}"),
                new BsonBinary(new byte[] {9}),
                new BsonBinary(new byte[] {1, 1}),
                new ObjectId(0, 1),
                false,
                true,
                new BsonDateTime(-1),
                new BsonDateTime(1),
                new BsonTimestamp(1, 1),
                new MaxKey());
        List<Object> shuffled = new ArrayList<>(ordered);
        java.util.Collections.shuffle(shuffled, new java.util.Random(1));
        for (Object id : shuffled) {
            collection.insertOne(new Document("_id", id).append("place", ordered.indexOf(id)));
        }
        List<Integer> places = IntStream.range(0, ordered.size()).boxed().toList();
        assertThat(collection.find().sort(Sorts.ascending("_id")).map(each -> each.getInteger("place")))
                .containsExactlyElementsOf(places);
        assertThat(collection.find().sort(Sorts.descending("_id")).map(each -> each.getInteger("place")))
                .containsExactlyElementsOf(places.reversed());
        assertThat(collection.find().map(each -> each.get("place")))
                .containsExactlyElementsOf(
                        shuffled.stream().map(ordered::indexOf).toList());
    }

    @Test
    void aRangeKeepsToTheTypeOfItsBoundsButMinAndMaxDoNot() {
        insert("{_id: 1}", "{_id: 2.5}", "{_id: {$numberLong: '3'}}", "{_id: 'a'}", "{_id: 'b'}", "{_id: true}");
        assertThat(ids("{_id: {$gt: 1}}")).containsExactlyInAnyOrder(2.5, 3L);
        assertThat(ids("{_id: {$gte: 1, $lt: 3}}")).containsExactlyInAnyOrder(1, 2.5);
        assertThat(ids("{_id: {$lte: 'a'}}")).containsExactly("a");
        assertThat(ids("{$and: [{_id: {$gte: 'a'}}, {_id: {$lt: 'b'}}]}")).containsExactly("a");
        assertThat(ids("{_id: {$gt: {$minKey: 1}}}")).hasSize(6);
        assertThat(ids("{_id: 3}")).containsExactly(3L);
        assertThat(collection
                        .find()
                        .min(doc("{_id: 2}"))
                        .max(doc("{_id: 'b'}"))
                        .hint(doc("{_id: 1}"))
                        .map(each -> each.get("_id")))
                .containsExactly(2.5, 3L, "a");
        assertThat(collection
                        .find()
                        .min(doc("{_id: 'b'}"))
                        .hint(doc("{_id: 1}"))
                        .map(each -> each.get("_id")))
                .containsExactly("b", true);
    }

    @Test
    void filtersMatchAsTheManualSays() {
        insert(
                "{_id: 1, a: 1, t: ['x', 'y']}",
                "{_id: 2, a: null, n: {m: 5}}",
                "{_id: 3, t: ['y'], l: [{p: 1, q: 2}, {p: 3, q: 4}]}",
                "{_id: 4, a: 7.0, t: [], l: [{p: 1, q: 4}]}",
                "{_id: 5, a: 'Text', n: {m: [1, 9]}}");
        assertThat(ids("{a: 7}")).containsExactly(4);
        assertThat(ids("{a: null}")).containsExactly(2, 3);
        assertThat(ids("{a: {$exists: false}}")).containsExactly(3);
        assertThat(ids("{a: {$ne: 1}}")).containsExactly(2, 3, 4, 5);
        assertThat(ids("{a: {$in: [1, 'Text', null]}}")).containsExactly(1, 2, 3, 5);
        assertThat(ids("{a: {$nin: [1, null]}}")).containsExactly(4, 5);
        assertThat(ids("{t: 'y'}")).containsExactly(1, 3);
        assertThat(ids("{t: ['y']}")).containsExactly(3);
        assertThat(ids("{t: {$size: 0}}")).containsExactly(4);
        assertThat(ids("{t: {$all: ['x', 'y']}}")).containsExactly(1);
        assertThat(ids("{'t.0': 'y'}")).containsExactly(3);
        assertThat(ids("{'n.m': {$gt: 4}}")).containsExactly(2, 5);
        assertThat(ids("{'l.p': 3}")).containsExactly(3);
        assertThat(ids("{'l.p': 1, 'l.q': 4}")).containsExactly(3, 4);
        assertThat(ids("{l: {$elemMatch: {p: 1, q: 4}}}")).containsExactly(4);
        assertThat(ids("{'n.m': {$elemMatch: {$gt: 5, $lt: 10}}}")).containsExactly(5);
        assertThat(ids("{a: {$not: {$gte: 1}}}")).containsExactly(2, 3, 5);
        assertThat(ids("{$or: [{a: 1}, {'n.m': 5}], t: {$exists: true}}")).containsExactly(1);
        assertThat(ids("{$nor: [{a: 1}, {a: null}]}")).containsExactly(4, 5);
        assertThat(ids("{a: {$type: 'string'}}")).containsExactly(5);
        assertThat(ids("{a: {$type: ['number', 'null']}}")).containsExactly(1, 2, 4);
        assertThat(ids("{a: {$mod: [3, 1]}}")).containsExactly(1, 4);
        assertThat(ids("{a: {$regex: '^tex', $options: 'i'}}")).containsExactly(5);
        assertThat(collection.find(Filters.eq("a", Pattern.compile("xt$")))).hasSize(1);
        assertThat(ids("{$expr: {$eq: ['$_id', '$a']}}")).containsExactly(1);
        assertThatThrownBy(() -> ids("{a: {$nonsense: 1}}")).isInstanceOf(com.mongodb.MongoException.class);
    }

    @Test
    void documentsAreSortedLimitedAndProjected() {
        insert(
                "{_id: 1, a: 3, b: {c: 1, d: 2}}",
                "{_id: 2, a: 1, b: [{c: 5, d: 6}]}",
                "{_id: 3, a: 2}",
                "{_id: 4, a: 'x'}");
        assertThat(collection.find().sort(doc("{a: -1}")).skip(1).limit(2).projection(doc("{a: 1, _id: 0}")))
                .containsExactly(doc("{a: 3}"), doc("{a: 2}"));
        assertThat(collection.find(doc("{b: {$exists: true}}")).projection(doc("{'b.c': 1}")))
                .containsExactly(doc("{_id: 1, b: {c: 1}}"), doc("{_id: 2, b: [{c: 5}]}"));
        assertThat(collection.find(doc("{b: {$exists: true}}")).projection(doc("{'b.c': 0, a: 0}")))
                .containsExactly(doc("{_id: 1, b: {d: 2}}"), doc("{_id: 2, b: [{d: 6}]}"));
        assertThat(collection.find(doc("{_id: 3}")).projection(doc("{_id: 1}"))).containsExactly(doc("{_id: 3}"));
        assertThat(collection.find().sort(doc("{$natural: -1}")).first()).containsEntry("_id", 4);
        assertThatThrownBy(() -> collection.find().hint(doc("{nothing: 1}")).first())
                .hasMessageContaining("hint");
    }

    @Test
    void countDistinctAndAggregateAnswer() {
        insert("{_id: 1, a: 1, t: [1, 2]}", "{_id: 2, a: 1, t: 2}", "{_id: 3, a: 2}");
        assertThat(collection.countDocuments(doc("{a: 1}"))).isEqualTo(2);
        assertThat(collection.estimatedDocumentCount()).isEqualTo(3);
        assertThat(collection.countDocuments(doc("{a: 9}"))).isZero();
        assertThat(collection.distinct("t", Integer.class)).containsExactly(1, 2);
        assertThat(collection.aggregate(List.of(
                        doc("{$match: {_id: {$lte: 3}}}"),
                        doc("{$group: {_id: '$a', n: {$sum: 1}, last: {$max: '$_id'}}}"),
                        doc("{$sort: {_id: -1}}"))))
                .containsExactly(doc("{_id: 2, n: 1, last: 3}"), doc("{_id: 1, n: 2, last: 2}"));
        assertThat(collection.aggregate(List.of(doc("{$unwind: '$t'}"), doc("{$count: 'n'}"))))
                .containsExactly(doc("{n: 3}"));
        assertThat(collection.aggregate(List.of(doc("{$sample: {size: 2}}")))).hasSize(2);
        assertThat(collection.aggregate(
                        List.of(doc("{$sort: {_id: -1}}"), doc("{$limit: 1}"), doc("{$project: {a: 1}}"))))
                .containsExactly(doc("{_id: 3, a: 2}"));
        Document stats = collection
                .aggregate(List.of(doc("{$collStats: {count: {}, storageStats: {}}}")))
                .first();
        assertThat(stats).isNotNull();
        assertThat(Docs.number(stats, "count")).isEqualTo(3);
        assertThat(Docs.number(stats.get("storageStats", Document.class), "size"))
                .isPositive();
    }

    @Test
    void aCursorHandsOutBatchesUntilItIsDone() {
        collection.insertMany(
                IntStream.range(0, 1000).mapToObj(i -> new Document("_id", i)).toList());
        assertThat(collection.find().batchSize(7).map(each -> each.getInteger("_id")))
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        Document reply = database.runCommand(doc("{find: 'c', batchSize: 0}"));
        long id = Docs.number(reply.get("cursor", Document.class), "id");
        assertThat(id).isNotZero();
        Document kill = new Document("killCursors", "c").append("cursors", List.of(id, 17L));
        assertThat(database.runCommand(kill))
                .containsEntry("cursorsKilled", List.of(id))
                .containsEntry("cursorsNotFound", List.of(17L));
        assertThatThrownBy(() -> database.runCommand(new Document("getMore", id).append("collection", "c")))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(43));
    }

    @Test
    void aTailableCursorSeesWhatComesLater() {
        database.runCommand(doc("{create: 'c', capped: true, size: 100000, max: 10}"));
        insert("{_id: 1}");
        try (MongoCursor<Document> cursor =
                collection.find().cursorType(CursorType.TailableAwait).iterator()) {
            assertThat(cursor.next()).isEqualTo(doc("{_id: 1}"));
            insert("{_id: 2}");
            assertThat(cursor.next()).isEqualTo(doc("{_id: 2}"));
            collection.insertMany(IntStream.range(10, 40)
                    .mapToObj(i -> new Document("_id", i))
                    .toList());
            assertThatThrownBy(cursor::next)
                    .isInstanceOfSatisfying(
                            MongoCommandException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(136));
        }
    }
}
