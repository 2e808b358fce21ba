package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final List<CollectionContent> MOMENT = List.of(
            MemoryContent.of("shop.payments", BsonDocument.parse("{_id: 1}")),
            MemoryContent.of("shop.experts"),
            MemoryContent.withoutDocuments("shop.top", CollectionSpec.Type.VIEW, "{viewOn: 'experts', pipeline: []}"),
            MemoryContent.withoutDocuments(
                    "shop.load", CollectionSpec.Type.TIMESERIES, "{timeseries: {timeField: 't'}}"),
            MemoryContent.of("shop.system.buckets.load"),
            MemoryContent.of("side.payments"),
            MemoryContent.of("admin.system.users"));

    private static List<String> names(Selection selection) {
        return selection.apply(MOMENT).stream()
                .map(content -> content.spec().namespace().toString())
                .toList();
    }

    private static Selection renamed(String from, String to) {
        return new Selection(Set.of(), Set.of(), Map.of(from, to));
    }

    private static Selection only(String namespace) {
        return new Selection(Set.of(), Set.of(Namespace.parse(namespace)), Map.of());
    }

    @Test
    void everythingIsEverythingInItsOrder() {
        assertThat(Selection.EVERYTHING.apply(MOMENT)).isEqualTo(MOMENT);
    }

    @Test
    void aDatabaseAndACollectionOfAnotherOneAreUnited() {
        Selection selection = new Selection(Set.of("side"), Set.of(Namespace.parse("shop.experts")), Map.of());
        assertThat(names(selection)).containsExactly("shop.experts", "side.payments");
    }

    @Test
    void aTimeSeriesBringsItsBucketsAndBucketsBringTheirTimeSeries() {
        assertThat(names(only("shop.load"))).containsExactly("shop.load", "shop.system.buckets.load");
        assertThat(names(only("shop.system.buckets.load"))).containsExactly("shop.load", "shop.system.buckets.load");
    }

    @Test
    void aViewBringsNothing() {
        assertThat(names(only("shop.top"))).containsExactly("shop.top");
    }

    @Test
    void aRenamedDatabaseTakesAllItsCollectionsAlong() {
        assertThat(names(new Selection(Set.of("shop"), Set.of(), Map.of("shop", "copy"))))
                .containsExactly("copy.payments", "copy.experts", "copy.top", "copy.load", "copy.system.buckets.load");
    }

    @Test
    void aRenamedTimeSeriesTakesItsBucketsAlong() {
        assertThat(names(new Selection(
                        Set.of(), Set.of(Namespace.parse("shop.load")), Map.of("shop.load", "side.weight"))))
                .containsExactly("side.weight", "side.system.buckets.weight");
    }

    @Test
    void aCollectionThatIsRenamedByItselfDoesNotFollowItsDatabase() {
        Selection selection =
                new Selection(Set.of(), Set.of(), Map.of("shop", "copy", "shop.payments", "audit.payments_before"));
        assertThat(names(selection))
                .contains("audit.payments_before", "copy.experts")
                .doesNotContain("copy.payments");
    }

    @Test
    void aRenamedContentKeepsItsDocuments() throws Exception {
        CollectionContent renamed =
                renamed("shop.payments", "shop.old").apply(MOMENT).getFirst();
        int[] documents = new int[1];
        renamed.forEach((buffer, offset, length) -> documents[0]++);
        assertThat(documents[0]).isEqualTo(1);
        assertThat(renamed.expectedBytes()).isEqualTo(MOMENT.getFirst().expectedBytes());
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestOnes() {
        assertInvalid(new Selection(Set.of("shopp"), Set.of(), Map.of()), "there is no database 'shopp'", "shop, side");
        assertInvalid(only("shop.payment"), "there is no collection 'shop.payment'", "shop.payments");
        assertInvalid(renamed("shop.payment", "shop.x"), "nothing called 'shop.payment'", "shop.payments");
    }

    @Test
    void whatIsNotSelectedCannotBeRenamed() {
        assertInvalid(new Selection(Set.of("side"), Set.of(), Map.of("shop", "copy")), "nothing called 'shop'", "side");
    }

    @Test
    void twoCollectionsCannotGetOneName() {
        assertInvalid(renamed("shop.payments", "side.payments"), "two collections would be restored", "leave it out");
        assertInvalid(renamed("shop", "side"), "two collections would be restored to side.payments", "leave it out");
    }

    @Test
    void namesThatCannotBeOrBelongToTheServerAreRefused() {
        assertInvalid(renamed("shop", "shop.copy"), "'shop' cannot become 'shop.copy'", "two databases");
        assertInvalid(renamed("shop.payments", "shop."), "'shop.' is no name", "db.collection");
        assertInvalid(renamed("shop", ""), "'' is no name", "db.collection");
        assertInvalid(renamed("shop", "local"), "belongs to the server", "another name");
        assertInvalid(renamed("shop.payments", "shop.system.views"), "belongs to the server", "another name");
        assertInvalid(renamed("admin", "copy"), "from or to 'admin'", "another database");
    }

    @Test
    void aDatabaseIsNotTakenAsAWholeWhenSingleCollectionsGoSomewhere() {
        assertThat(Selection.EVERYTHING.wholeDatabases()).isTrue();
        assertThat(renamed("shop", "copy").wholeDatabases()).isTrue();
        assertThat(only("shop.payments").wholeDatabases()).isFalse();
        assertThat(renamed("shop.payments", "side.x").wholeDatabases()).isFalse();
    }

    private static void assertInvalid(Selection selection, String message, String hint) {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> selection.apply(MOMENT))
                .withMessageContaining(message)
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(DeploymentException.Kind.INVALID);
                    assertThat(e.hint()).contains(hint);
                });
    }
}
