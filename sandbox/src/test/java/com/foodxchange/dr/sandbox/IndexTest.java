package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.foodxchange.dr.sandbox.Deployment#all")
class IndexTest {
    private final MongoDatabase database;
    private final MongoCollection<Document> collection;

    IndexTest(Deployment deployment) {
        this.database = deployment.newDatabase();
        this.collection = database.getCollection("c");
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    private Document create(String... specs) {
        return database.runCommand(Document.parse("{createIndexes: 'c', indexes: [" + String.join(", ", specs) + "]}"));
    }

    @Test
    void indexesAreListedAsTheServerWritesThemDown() {
        Document reply = create(
                "{key: {a: 1, b: -1}, name: 'ab', unique: true}",
                "{key: {t: 1}, name: 't', expireAfterSeconds: 3600}",
                "{key: {p: 1}, name: 'p', partialFilterExpression: {q: {$gt: 5}}}",
                "{key: {h: 'hashed'}, name: 'h'}",
                "{key: {where: '2dsphere'}, name: 'where'}",
                "{key: {bio: 'text', title: 'text'}, name: 'words', weights: {title: 10, bio: 1}}");
        assertThat(reply)
                .containsEntry("numIndexesBefore", 1)
                .containsEntry("numIndexesAfter", 7)
                .containsEntry("createdCollectionAutomatically", true);
        List<Document> indexes = collection.listIndexes().into(new ArrayList<>());
        assertThat(indexes.get(0)).isEqualTo(doc("{v: 2, key: {_id: 1}, name: '_id_'}"));
        assertThat(indexes.get(1)).isEqualTo(doc("{v: 2, key: {a: 1, b: -1}, name: 'ab', unique: true}"));
        assertThat(indexes.get(2)).isEqualTo(doc("{v: 2, key: {t: 1}, name: 't', expireAfterSeconds: 3600}"));
        assertThat(indexes.get(3))
                .isEqualTo(doc("{v: 2, key: {p: 1}, name: 'p', partialFilterExpression: {q: {$gt: 5}}}"));
        assertThat(indexes.get(4)).isEqualTo(doc("{v: 2, key: {h: 'hashed'}, name: 'h'}"));
        assertThat(indexes.get(5)).containsEntry("2dsphereIndexVersion", 3);
        assertThat(indexes.get(6))
                .containsEntry("key", doc("{_fts: 'text', _ftsx: 1}"))
                .containsEntry("weights", doc("{bio: 1, title: 10}"))
                .containsEntry("default_language", "english")
                .containsEntry("textIndexVersion", 3);
    }

    @Test
    void whatIsListedCanBeCreatedAgain() {
        create("{key: {bio: 'text'}, name: 'words'}", "{key: {a: 1}, name: 'a', sparse: true}");
        List<Document> specs = collection.listIndexes().into(new ArrayList<>());
        Document again = new Document("createIndexes", "copy").append("indexes", specs);
        database.runCommand(again);
        assertThat(database.getCollection("copy").listIndexes()).containsExactlyElementsOf(specs);
        assertThat(database.runCommand(again)).containsEntry("note", "all indexes already exist");
    }

    @Test
    void anUnknownOptionIsRefusedUnlessItIsToBeIgnored() {
        assertThatThrownBy(() -> create("{key: {a: 1}, name: 'a_1', nonsense: 1}"))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(197));
        database.runCommand(doc("{createIndexes: 'c', ignoreUnknownIndexOptions: true, "
                + "indexes: [{key: {a: 1}, name: 'a_1', nonsense: 1}]}"));
        assertThat(collection.listIndexes()).contains(doc("{v: 2, key: {a: 1}, name: 'a_1'}"));
    }

    @Test
    void anotherIndexOfTheSameNameOrKeyIsRefused() {
        create("{key: {a: 1}, name: 'a_1'}");
        assertThatThrownBy(() -> create("{key: {b: 1}, name: 'a_1'}"))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(86));
        assertThatThrownBy(() -> create("{key: {a: 1}, name: 'other'}"))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(85));
    }

    @Test
    void aUniqueIndexRefusesASecondDocumentWithItsKey() {
        create("{key: {a: 1, b: 1}, name: 'ab', unique: true}");
        collection.insertOne(doc("{_id: 1, a: 5, b: 'x'}"));
        assertThatThrownBy(() -> collection.insertOne(doc("{_id: 2, a: 5.0, b: 'x'}")))
                .isInstanceOfSatisfying(MongoWriteException.class, e -> {
                    assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY);
                    assertThat(e.getMessage())
                            .contains("E11000 duplicate key error")
                            .contains("index: ab dup key: { a: 5");
                });
        collection.insertOne(doc("{_id: 3, a: 5, b: 'y'}"));
        assertThatThrownBy(() -> collection.updateOne(Filters.eq("_id", 3), Updates.set("b", "x")))
                .hasMessageContaining("E11000");
        collection.deleteOne(Filters.eq("_id", 1));
        collection.updateOne(Filters.eq("_id", 3), Updates.set("b", "x"));
        assertThat(collection.find(Filters.eq("b", "x"))).hasSize(1);
    }

    @Test
    void aMissingFieldIsAKeyToo() {
        create("{key: {a: 1}, name: 'a', unique: true}");
        collection.insertOne(doc("{_id: 1}"));
        assertThatThrownBy(() -> collection.insertOne(doc("{_id: 2, a: null}"))).hasMessageContaining("E11000");
    }

    @Test
    void sparseAndPartialIndexesLeaveOthersAlone() {
        create(
                "{key: {a: 1}, name: 'a', unique: true, sparse: true}",
                "{key: {b: 1}, name: 'b', unique: true, partialFilterExpression: {on: true}}");
        collection.insertMany(List.of(doc("{_id: 1, b: 1}"), doc("{_id: 2, b: 1}"), doc("{_id: 3, b: 1, on: true}")));
        assertThatThrownBy(() -> collection.insertOne(doc("{_id: 4, b: 1, on: true}")))
                .hasMessageContaining("index: b");
        assertThat(collection.countDocuments()).isEqualTo(3);
    }

    @Test
    void everyElementOfAnArrayIsAKey() {
        create("{key: {a: 1}, name: 'a', unique: true}");
        collection.insertOne(doc("{_id: 1, a: [1, 2, 2]}"));
        assertThatThrownBy(() -> collection.insertOne(doc("{_id: 2, a: [3, 2]}")))
                .hasMessageContaining("E11000");
        collection.insertOne(doc("{_id: 3, a: [3, 4]}"));
        assertThat(collection.countDocuments()).isEqualTo(2);
    }

    @Test
    void aCollationDecidesWhatIsTheSame() {
        create("{key: {a: 1}, name: 'a', unique: true, collation: {locale: 'en', strength: 2}}");
        collection.insertOne(doc("{_id: 1, a: 'Anna'}"));
        assertThatThrownBy(() -> collection.insertOne(doc("{_id: 2, a: 'anna'}")))
                .hasMessageContaining("11000");
    }

    @Test
    void aUniqueIndexIsNotBuiltOverDuplicates() {
        collection.insertMany(List.of(doc("{_id: 1, a: 1}"), doc("{_id: 2, a: 1}")));
        assertThatThrownBy(() -> create("{key: {a: 1}, name: 'a', unique: true}"))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(11000));
        assertThat(collection.listIndexes()).hasSize(1);
        collection.insertOne(doc("{_id: 3, a: 1}"));
    }

    @Test
    void indexesAreDroppedByNameByKeyAndAltogether() {
        create("{key: {a: 1}, name: 'a'}", "{key: {b: 1}, name: 'b'}", "{key: {c: 1}, name: 'c'}");
        collection.dropIndex("a");
        collection.dropIndex(doc("{b: 1}"));
        assertThat(collection.listIndexes()).hasSize(2);
        collection.dropIndexes();
        assertThat(collection.listIndexes()).hasSize(1);
        assertThatThrownBy(() -> collection.dropIndex("a"))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(27));
    }

    @Test
    void anIndexTakesTheCollationOfItsCollection() {
        database.runCommand(doc("{create: 'c', collation: {locale: 'fr'}}"));
        create("{key: {a: 1}, name: 'a'}", "{key: {b: 1}, name: 'b', collation: {locale: 'simple'}}");
        List<Document> indexes = collection.listIndexes().into(new ArrayList<>());
        assertThat(indexes.get(0).get("collation", Document.class)).containsEntry("locale", "fr");
        assertThat(indexes.get(1).get("collation", Document.class)).containsEntry("locale", "fr");
        assertThat(indexes.get(2)).doesNotContainKey("collation");
    }
}
