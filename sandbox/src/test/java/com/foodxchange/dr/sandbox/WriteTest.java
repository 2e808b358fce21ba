package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.foodxchange.dr.sandbox.Deployment#all")
class WriteTest {
    private final Deployment deployment;
    private final MongoDatabase database;
    private final MongoCollection<Document> collection;

    WriteTest(Deployment deployment) {
        this.deployment = deployment;
        this.database = deployment.newDatabase();
        this.collection = database.getCollection("c");
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    @Test
    void anOrderedInsertStopsAtTheFirstError() {
        List<Document> documents = List.of(doc("{_id: 1}"), doc("{_id: 1.0}"), doc("{_id: 2}"));
        assertThatThrownBy(() -> collection.insertMany(documents))
                .isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
                    assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(1);
                    assertThat(e.getWriteErrors())
                            .extracting(BulkWriteError::getIndex, BulkWriteError::getCode)
                            .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 11000));
                });
        assertThat(collection.countDocuments()).isEqualTo(1);
    }

    @Test
    void anUnorderedInsertGoesOnAfterErrors() {
        List<Document> documents =
                List.of(doc("{_id: 1}"), doc("{_id: 1}"), doc("{_id: 2}"), doc("{_id: 2}"), doc("{_id: 3}"));
        assertThatThrownBy(() -> collection.insertMany(documents, new InsertManyOptions().ordered(false)))
                .isInstanceOfSatisfying(
                        MongoBulkWriteException.class,
                        e -> assertThat(e.getWriteErrors())
                                .extracting(BulkWriteError::getIndex)
                                .containsExactly(1, 3));
        assertThat(collection.countDocuments()).isEqualTo(3);
    }

    @Test
    void theServerPutsTheIdFirstAndAddsItWhereItIsMissing() {
        Document command =
                new Document("insert", "c").append("documents", List.of(doc("{b: 1, _id: 7, a: 2}"), doc("{x: 1}")));
        database.runCommand(command);
        List<String> first = List.copyOf(
                Objects.requireNonNull(collection.find(Filters.eq("_id", 7)).first())
                        .keySet());
        assertThat(first).containsExactly("_id", "b", "a");
        Document second =
                Objects.requireNonNull(collection.find(Filters.eq("x", 1)).first());
        assertThat(second.getObjectId("_id")).isNotNull();
        assertThat(second.keySet()).containsExactly("_id", "x");
    }

    @Test
    void idsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> collection.insertOne(doc("{_id: [1]}")))
                .isInstanceOfSatisfying(
                        MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(53));
    }

    @Test
    void aDocumentOverSixteenMegabytesIsRefused() {
        byte[] half = new byte[9 * 1024 * 1024];
        collection.insertOne(new Document("_id", 1).append("a", half));
        assertThatThrownBy(() -> collection.updateOne(Filters.eq("_id", 1), Updates.set("b", half)))
                .hasMessageContaining("large");
        assertThat(collection.find().first()).doesNotContainKey("b");
    }

    @Test
    void anUpdateTellsWhatItFoundAndChanged() {
        collection.insertMany(List.of(doc("{_id: 1, a: 1}"), doc("{_id: 2, a: 1}"), doc("{_id: 3, a: 2}")));
        UpdateResult result = collection.updateMany(Filters.eq("a", 1), Updates.set("a", 1));
        assertThat(result.getMatchedCount()).isEqualTo(2);
        assertThat(result.getModifiedCount()).isZero();
        result = collection.updateMany(Filters.gte("a", 1), Updates.inc("a", 1));
        assertThat(result.getModifiedCount()).isEqualTo(3);
        assertThat(collection.countDocuments(Filters.eq("a", 2))).isEqualTo(2);
        assertThat(collection.deleteMany(Filters.eq("a", 2)).getDeletedCount()).isEqualTo(2);
        assertThat(collection.deleteOne(Filters.exists("a")).getDeletedCount()).isEqualTo(1);
    }

    @Test
    void anUpsertMakesADocumentOfFilterAndUpdate() {
        UpdateResult result = collection.updateOne(
                doc("{_id: 5, 'a.b': 1, c: {$gt: 2}, $and: [{d: {$eq: 4}}]}"),
                doc("{$set: {e: 1}, $setOnInsert: {f: 2}}"),
                new UpdateOptions().upsert(true));
        assertThat(Objects.requireNonNull(result.getUpsertedId()).asInt32().getValue())
                .isEqualTo(5);
        assertThat(collection.find().first()).isEqualTo(doc("{_id: 5, a: {b: 1}, d: 4, e: 1, f: 2}"));
        collection.replaceOne(doc("{_id: 6, x: 1}"), doc("{y: 2}"), new ReplaceOptions().upsert(true));
        assertThat(collection.find(Filters.eq("_id", 6)).first()).isEqualTo(doc("{_id: 6, y: 2}"));
        collection.replaceOne(doc("{_id: 6}"), doc("{z: 3}"));
        assertThat(collection.find(Filters.eq("_id", 6)).first()).isEqualTo(doc("{_id: 6, z: 3}"));
    }

    @Test
    void theIdCannotBeChanged() {
        collection.insertOne(doc("{_id: 1}"));
        assertThatThrownBy(() -> collection.updateOne(Filters.eq("_id", 1), Updates.set("_id", 2)))
                .isInstanceOfSatisfying(
                        MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(66));
    }

    @Test
    void findAndModifyReturnsTheDocumentBeforeOrAfter() {
        collection.insertMany(List.of(doc("{_id: 1, a: 1}"), doc("{_id: 2, a: 5}")));
        assertThat(collection.findOneAndUpdate(
                        Filters.exists("a"),
                        Updates.inc("a", 10),
                        new FindOneAndUpdateOptions().sort(Sorts.descending("a"))))
                .isEqualTo(doc("{_id: 2, a: 5}"));
        assertThat(collection.findOneAndUpdate(
                        Filters.eq("_id", 3),
                        Updates.set("a", 1),
                        new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)))
                .isEqualTo(doc("{_id: 3, a: 1}"));
        assertThat(collection.findOneAndReplace(Filters.eq("_id", 1), doc("{b: 1}")))
                .isEqualTo(doc("{_id: 1, a: 1}"));
        assertThat(collection.findOneAndDelete(Filters.eq("_id", 1))).isEqualTo(doc("{_id: 1, b: 1}"));
        assertThat(collection.findOneAndDelete(Filters.eq("_id", 1))).isNull();
    }

    @Test
    void aRetriedWriteIsNotDoneTwice() {
        // drivers choose session and number by themselves; given twice, a real server refuses them
        assumeThat(deployment.isSandbox()).isTrue();
        collection.insertOne(doc("{_id: 1, a: 0}"));
        Document session = new Document("id", new BsonBinary(UUID.randomUUID()));
        Document update = new Document("update", "c")
                .append("updates", List.of(doc("{q: {_id: 1}, u: {$inc: {a: 1}}}")))
                .append("lsid", session)
                .append("txnNumber", 1L);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(database.runCommand(update)).containsEntry("n", 1).containsEntry("nModified", 1);
        }
        Document insert = new Document("insert", "c")
                .append("documents", List.of(doc("{_id: 2}"), doc("{_id: 3}")))
                .append("lsid", session)
                .append("txnNumber", 2L);
        assertThat(database.runCommand(insert)).containsEntry("n", 2).doesNotContainKey("writeErrors");
        assertThat(database.runCommand(insert)).containsEntry("n", 2).doesNotContainKey("writeErrors");
        assertThat(collection.find()).containsExactly(doc("{_id: 1, a: 1}"), doc("{_id: 2}"), doc("{_id: 3}"));
        assertThatThrownBy(() -> database.runCommand(update))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(225));
    }

    @Test
    void aWriteConcernThatCannotBeMetIsReported() {
        MongoCollection<Document> cautious = collection.withWriteConcern(new WriteConcern(5));
        assertThatThrownBy(() -> cautious.insertOne(doc("{_id: 1}"))).isInstanceOf(MongoWriteConcernException.class);
        assertThat(collection.countDocuments()).isEqualTo(1);
    }
}
