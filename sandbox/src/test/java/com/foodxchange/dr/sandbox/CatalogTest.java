package com.foodxchange.dr.sandbox;

import static com.foodxchange.dr.sandbox.Docs.doc;
import static com.foodxchange.dr.sandbox.Docs.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.RenameCollectionOptions;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBinarySubType;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("com.foodxchange.dr.sandbox.Deployment#all")
class CatalogTest {
    private final Deployment deployment;
    private final MongoDatabase database;

    CatalogTest(Deployment deployment) {
        this.deployment = deployment;
        this.database = deployment.newDatabase();
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    private Document listed(String name) {
        Document found =
                database.listCollections().filter(Filters.eq("name", name)).first();
        assertThat(found).isNotNull();
        return found;
    }

    private Document run(String command) {
        return database.runCommand(Document.parse(command));
    }

    @Test
    void aCollectionIsListedWithItsOptionsAndAnUuid() {
        run("{create: 'capped', capped: true, size: 4096, max: 3}");
        Document capped = listed("capped");
        assertThat(capped).containsEntry("type", "collection");
        assertThat(capped.get("options")).isEqualTo(Document.parse("{capped: true, size: 4096, max: 3}"));
        Document info = capped.get("info", Document.class);
        assertThat(info).containsEntry("readOnly", false);
        Object uuid = info.get("uuid");
        assertThat(uuid instanceof Binary binary ? binary.getType() : BsonBinarySubType.UUID_STANDARD.getValue())
                .isEqualTo(BsonBinarySubType.UUID_STANDARD.getValue());
        assertThat(capped.get("idIndex")).isEqualTo(Document.parse("{v: 2, key: {_id: 1}, name: '_id_'}"));
    }

    @Test
    void aCappedCollectionForgetsItsOldestDocuments() {
        run("{create: 'capped', capped: true, size: 4096, max: 3}");
        MongoCollection<Document> capped = database.getCollection("capped");
        for (int i = 0; i < 5; i++) {
            capped.insertOne(new Document("_id", i));
        }
        assertThat(capped.find().map(each -> each.getInteger("_id")).into(new ArrayList<>()))
                .containsExactly(2, 3, 4);
        capped.insertOne(new Document("_id", 9).append("pad", "x".repeat(4050)));
        assertThat(capped.countDocuments()).isLessThan(3);
    }

    @Test
    void validatorAndCollationAreKept() {
        run("{create: 'v', validator: {a: {$type: 'int'}}, validationLevel: 'moderate', validationAction: 'warn'}");
        run("{create: 'c', collation: {locale: 'en', strength: 2}}");
        assertThat(listed("v").get("options"))
                .isEqualTo(Document.parse(
                        "{validator: {a: {$type: 'int'}}, validationLevel: 'moderate', validationAction: 'warn'}"));
        Document collation = listed("c").get("options", Document.class).get("collation", Document.class);
        assertThat(collation).containsEntry("locale", "en").containsEntry("strength", 2);
        assertThat(collation).containsEntry("alternate", "non-ignorable").containsKey("version");
    }

    @Test
    void collModChangesValidationAndExpiry() {
        run("{create: 'm', validator: {a: 1}}");
        database.getCollection("m").createIndex(Indexes.ascending("at"));
        run("{createIndexes: 'm', indexes: [{key: {t: 1}, name: 't_1', expireAfterSeconds: 100}]}");
        Document reply = run("{collMod: 'm', index: {name: 't_1', expireAfterSeconds: 200}}");
        assertThat(number(reply, "expireAfterSeconds_old")).isEqualTo(100);
        run("{collMod: 'm', validator: {b: 1}, validationLevel: 'moderate'}");
        Document options = listed("m").get("options", Document.class);
        assertThat(options.get("validator")).isEqualTo(Document.parse("{b: 1}"));
        assertThat(options).containsEntry("validationLevel", "moderate");
        Document index = database.getCollection("m")
                .listIndexes()
                .into(new ArrayList<>())
                .get(2);
        assertThat(number(index, "expireAfterSeconds")).isEqualTo(200);
    }

    @Test
    void aViewIsReadThroughItsPipeline() {
        database.getCollection("base")
                .insertMany(List.of(doc("{_id: 1, a: 1}"), doc("{_id: 2, a: 5}"), doc("{_id: 3, a: 7}")));
        database.createView(
                "big", "base", List.of(doc("{$match: {a: {$gt: 3}}}"), doc("{$set: {b: {$add: ['$a', 1]}}}")));
        assertThat(database.getCollection("big").find().into(new ArrayList<>()))
                .containsExactly(doc("{_id: 2, a: 5, b: 6}"), doc("{_id: 3, a: 7, b: 8}"));
        assertThat(database.getCollection("big").countDocuments(Filters.eq("b", 8)))
                .isEqualTo(1);
        Document view = listed("big");
        assertThat(view).containsEntry("type", "view").doesNotContainKey("idIndex");
        assertThat(view.get("options", Document.class)).containsEntry("viewOn", "base");
        assertThatThrownBy(() -> database.getCollection("big").insertOne(new Document()))
                .hasMessageContaining("is a view, not a collection");
        run("{collMod: 'big', viewOn: 'base', pipeline: []}");
        assertThat(database.getCollection("big").countDocuments()).isEqualTo(3);
        database.getCollection("big").drop();
        assertThat(database.listCollectionNames()).containsExactlyInAnyOrder("base", "system.views");
    }

    @Test
    void nameOnlyListsNamesAndTypes() {
        run("{create: 'one'}");
        Document reply = run("{listCollections: 1, nameOnly: true, filter: {name: 'one'}}");
        assertThat(reply.get("cursor", Document.class).getList("firstBatch", Document.class))
                .containsExactly(doc("{name: 'one', type: 'collection'}"));
    }

    @Test
    void aNameIsGivenOnce() {
        database.createCollection(
                "one", new CreateCollectionOptions().capped(true).sizeInBytes(4096));
        assertThatThrownBy(() -> database.createCollection("one"))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCodeName()).isEqualTo("NamespaceExists"));
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> run("{create: 'one', nonsense: 1}"))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(40415));
    }

    @Test
    void droppingWhatIsNotThereChangesNothing() {
        database.getCollection("none").drop();
        assertThat(database.listCollectionNames()).isEmpty();
    }

    @Test
    void aCollectionIsRenamedWithEverything() {
        MongoCollection<Document> a = database.getCollection("a");
        a.insertOne(new Document("_id", 1));
        a.createIndex(Indexes.ascending("x"));
        Object uuid = listed("a").get("info", Document.class).get("uuid");
        a.renameCollection(new MongoNamespace(database.getName(), "b"));
        assertThat(database.listCollectionNames()).containsExactly("b");
        assertThat(listed("b").get("info", Document.class).get("uuid")).isEqualTo(uuid);
        assertThat(database.getCollection("b").listIndexes()).hasSize(2);
        database.getCollection("c").insertOne(new Document("_id", 2));
        assertThatThrownBy(
                        () -> database.getCollection("b").renameCollection(new MongoNamespace(database.getName(), "c")))
                .hasMessageContaining("target namespace exists");
        database.getCollection("b")
                .renameCollection(
                        new MongoNamespace(database.getName(), "c"), new RenameCollectionOptions().dropTarget(true));
        assertThat(database.getCollection("c").find()).containsExactly(new Document("_id", 1));
    }

    @Test
    void aCollectionIsMovedToAnotherDatabase() {
        MongoDatabase other = deployment.newDatabase();
        MongoCollection<Document> source = database.getCollection("source");
        source.insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
        source.createIndex(Indexes.ascending("x"));
        source.renameCollection(new MongoNamespace(other.getName(), "moved"));
        assertThat(database.listCollectionNames()).isEmpty();
        assertThat(other.getCollection("moved").find()).hasSize(2);
        assertThat(other.getCollection("moved").listIndexes()).hasSize(2);
        other.drop();
    }

    @Test
    void databasesAreListedWithTheirSizes() {
        database.getCollection("a").insertOne(new Document("pad", "x".repeat(1000)));
        assertThat(deployment.client().listDatabaseNames()).contains(database.getName(), "local");
        Document stats = run("{dbStats: 1}");
        assertThat(number(stats, "collections")).isEqualTo(1);
        assertThat(number(stats, "objects")).isEqualTo(1);
        assertThat(number(stats, "dataSize")).isGreaterThan(1000);
        Document collection = run("{collStats: 'a'}");
        assertThat(number(collection, "count")).isEqualTo(1);
        assertThat(number(collection, "size")).isGreaterThan(1000);
        assertThat(collection).containsEntry("capped", false);
        database.drop();
        assertThat(deployment.client().listDatabaseNames()).doesNotContain(database.getName());
    }

    @Test
    void aCollectionIsMadeCapped() {
        MongoCollection<Document> grown = database.getCollection("grown");
        for (int i = 0; i < 100; i++) {
            grown.insertOne(new Document("_id", i).append("pad", "x".repeat(100)));
        }
        run("{convertToCapped: 'grown', size: 4096}");
        assertThat(listed("grown").get("options", Document.class)).containsEntry("capped", true);
        assertThat(grown.countDocuments()).isLessThan(40);
    }

    @Test
    void whatTheSandboxLacksIsRefused() {
        assumeThat(deployment.isSandbox()).isTrue();
        assertThatThrownBy(() -> run("{create: 't', timeseries: {timeField: 'at'}}"))
                .hasMessageContaining("no collections with the option 'timeseries'");
        assertThatThrownBy(() -> run("{noSuchThing: 1}")).hasMessageContaining("no such command: 'noSuchThing'");
    }
}
