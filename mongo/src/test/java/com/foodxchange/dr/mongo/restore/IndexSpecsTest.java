package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class IndexSpecsTest {
    private static IndexSpecs of(String options, String... indexes) {
        return IndexSpecs.of(MemoryContent.collection("shop.experts", options, indexes));
    }

    private static BsonDocument json(String text) {
        return BsonDocument.parse(text);
    }

    @Test
    void theIndexOnIdIsNotBuilt() {
        assertThat(of("{}", "{v: 2, key: {_id: 1}, name: '_id_', clustered: true, unique: true}")
                        .plain())
                .isEmpty();
    }

    @Test
    void otherIndexesOnIdAre() {
        assertThat(of("{}", "{v: 2, key: {_id: 'hashed'}, name: 'a'}", "{v: 2, key: {_id: -1}, name: 'b'}")
                        .plain())
                .hasSize(2);
    }

    @Test
    void versionAndNamespaceAreLeftToTheServerAndEverythingElseStays() {
        assertThat(of(
                                "{}",
                                "{v: 1, ns: 'shop.experts', key: {a: 1}, name: 'a_1', background: true, sparse: true,"
                                        + " partialFilterExpression: {a: {$gt: 3}}, hidden: true}")
                        .plain())
                .containsExactly(json("{key: {a: 1}, name: 'a_1', background: true, sparse: true,"
                        + " partialFilterExpression: {a: {$gt: 3}}, hidden: true}"));
    }

    @Test
    void whatLetsTheServerDeleteComesLast() {
        IndexSpecs indexes = of(
                "{}", "{v: 2, key: {at: 1}, name: 'at_1', expireAfterSeconds: 60}", "{v: 2, key: {b: 1}, name: 'b_1'}");
        assertThat(indexes.plain()).extracting(IndexSpecs::name).containsExactly("b_1");
        assertThat(indexes.expiring()).extracting(IndexSpecs::name).containsExactly("at_1");
    }

    @Test
    void anIndexWithoutCollationDoesNotInheritTheCollections() {
        String collation = "{locale: 'en', strength: 2}";
        List<BsonDocument> indexes = of(
                        "{collation: " + collation + "}",
                        "{v: 2, key: {a: 1}, name: 'a_1'}",
                        "{v: 2, key: {b: 1}, name: 'b_1', collation: " + collation + "}")
                .plain();
        assertThat(indexes)
                .extracting(index -> index.get("collation"))
                .containsExactly(json("{locale: 'simple'}"), json(collation));
    }

    @Test
    void withoutACollationOfTheCollectionNoneIsSpelledOut() {
        assertThat(of("{}", "{v: 2, key: {a: 1}, name: 'a_1'}").plain().getFirst())
                .isEqualTo(json("{key: {a: 1}, name: 'a_1'}"));
    }
}
