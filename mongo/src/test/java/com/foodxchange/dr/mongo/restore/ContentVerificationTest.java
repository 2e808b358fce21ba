package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.ContentVerification.Difference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContentVerificationTest {
    private TestTarget target;
    private ContentVerification verification;

    @BeforeEach
    void start() throws Exception {
        target = TestTarget.start();
        verification = new ContentVerification(target.client(), 2);
        target.insert("shop.experts", "{_id: 1, name: 'a'}", "{_id: 2, name: 'b'}");
        target.insert("shop.payments", "{_id: 1}");
    }

    @AfterEach
    void stop() {
        target.close();
    }

    private Namespace name(String namespace) {
        return Namespace.parse(target.name(namespace));
    }

    private static ContentHash.Value hash(String... documents) {
        return MemoryContent.of(
                        "any.thing",
                        List.of(documents).stream().map(BsonDocument::parse).toList())
                .hash();
    }

    @Test
    void equalContentsAreEqualInAnyOrder() throws Exception {
        assertThat(verification.compare(Map.of(
                        name("shop.experts"), hash("{_id: 2, name: 'b'}", "{_id: 1, name: 'a'}"),
                        name("shop.payments"), hash("{_id: 1}"))))
                .isEmpty();
    }

    @Test
    void whatIsMissingAndWhatIsDifferentIsNamedInOrder() throws Exception {
        ContentHash.Value other = hash("{_id: 1, name: 'a'}", "{name: 'b', _id: 2}");
        ContentHash.Value gone = hash("{_id: 1}");
        Map<Namespace, ContentHash.Value> now = verification.read(List.of(name("shop.experts"), name("shop.gone")));
        assertThat(now).containsOnlyKeys(name("shop.experts"));
        assertThat(verification.compare(Map.of(name("shop.gone"), gone, name("shop.experts"), other)))
                .containsExactly(
                        new Difference(
                                name("shop.experts"), other, Objects.requireNonNull(now.get(name("shop.experts")))),
                        new Difference(name("shop.gone"), gone, null));
    }
}
