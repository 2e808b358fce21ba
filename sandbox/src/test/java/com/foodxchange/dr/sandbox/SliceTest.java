package com.foodxchange.dr.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.CursorType;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class SliceTest {
    @Test
    void doesWhatTheToolNeeds() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory());
                MongoClient client = MongoClients.create(sandbox.uri())) {
            MongoCollection<Document> c = client.getDatabase("db").getCollection("c");
            List<Document> docs = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                docs.add(new Document("_id", i).append("n", i % 7).append("s", "x" + i));
            }
            c.insertMany(docs);
            assertThat(c.estimatedDocumentCount()).isEqualTo(1000);
            assertThat(c.find(Filters.and(Filters.gte("_id", 10), Filters.lt("_id", 20)))
                            .into(new ArrayList<>()))
                    .hasSize(10);
            assertThat(c.find(Filters.eq("n", 3)).sort(Sorts.descending("_id")).first())
                    .containsEntry("_id", 997);
            c.updateOne(Filters.eq("_id", 5), Updates.combine(Updates.set("a.b", 1), Updates.inc("n", 2)));
            assertThat(c.find(Filters.eq("_id", 5)).first())
                    .isEqualTo(Document.parse("{_id: 5, n: 7, s: 'x5', a: {b: 1}}"));
            c.deleteMany(Filters.lt("_id", 100));
            c.createIndex(Indexes.ascending("s"), new IndexOptions().unique(true));
            assertThat(c.listIndexes().into(new ArrayList<>())).hasSize(2);
            c.renameCollection(new MongoNamespace("db", "d"));
            assertThat(client.getDatabase("db").listCollectionNames()).containsExactly("d");
            MongoCollection<Document> oplog = client.getDatabase("local").getCollection("oplog.rs");
            try (MongoCursor<Document> tail = oplog.find(Filters.gt(
                            "ts",
                            oplog.find()
                                    .sort(Sorts.descending("$natural"))
                                    .first()
                                    .get("ts")))
                    .cursorType(CursorType.TailableAwait)
                    .iterator()) {
                client.getDatabase("db").getCollection("z").insertOne(new Document("q", 1));
                assertThat(tail.next().toJson()).contains("create");
                assertThat(tail.next().toJson()).contains("db.z");
            }
            client.getDatabase("db").drop();
        }
    }
}
