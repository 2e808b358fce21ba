package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Finding.Severity;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.RestorePlan.Action;
import com.foodxchange.dr.mongo.restore.RestoreReport.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore does to a target that holds something, and what it leaves alone. */
class RestoreTest {
    private static final RestoreOptions DROP = RestoreOptions.defaults().withDrop(true);

    private TestTarget target;

    @BeforeEach
    void start() throws Exception {
        target = TestTarget.start();
    }

    @AfterEach
    void stop() {
        target.close();
    }

    private MemoryContent content(String namespace, String... documents) {
        return MemoryContent.of(
                target.name(namespace),
                List.of(documents).stream().map(BsonDocument::parse).toList());
    }

    private MemoryContent view(String namespace, String options) {
        return MemoryContent.withoutDocuments(target.name(namespace), CollectionSpec.Type.VIEW, options);
    }

    private Namespace name(String namespace) {
        return Namespace.parse(target.name(namespace));
    }

    private List<String> ids(String namespace) {
        return target.documents(namespace).stream()
                .map(document -> String.valueOf(document.get("_id")))
                .sorted()
                .toList();
    }

    @Test
    void aTargetThatIsNotEmptyIsRefusedAndNothingIsTouched() throws Exception {
        target.insert("shop.experts", "{_id: 'old'}", "{_id: 'older'}");
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> target.restore().run(List.of(content("shop.experts"), content("shop.payments"))))
                .withMessage("the target is not empty: " + name("shop.experts") + " (2 documents)")
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(Kind.TARGET_NOT_EMPTY);
                    assertThat(e.hint()).contains("nothing was changed", "--drop", "--rename");
                });
        assertThat(target.collections("shop")).containsExactly("experts");
        assertThat(target.documents("shop.experts")).hasSize(2);
    }

    @Test
    void aCollectionThatTheMomentDoesNotHaveMakesATargetNotEmptyToo() {
        target.insert("shop.stray", "{_id: 1}");
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> target.restore().run(List.of(content("shop.experts"))))
                .withMessageContaining(target.name("shop.stray"));
    }

    @Test
    void anEmptyTargetIsFilled() throws Exception {
        RestoreReport report = target.restore().run(List.of(content("shop.experts", "{_id: 1}")));
        assertThat(report.complete()).isTrue();
        assertThat(target.collections("shop")).containsExactly("experts");
    }

    @Test
    void withDropTheDatabaseIsAsItWas() throws Exception {
        target.insert("shop.experts", "{_id: 'old'}");
        target.insert("shop.stray", "{_id: 1}");
        target.insert("other.experts", "{_id: 'other'}");
        RestoreReport report =
                target.restore(DROP).run(List.of(content("shop.experts", "{_id: 'a'}"), content("shop.payments")));
        assertThat(report.complete()).isTrue();
        assertThat(target.collections("shop")).containsExactly("experts", "payments");
        assertThat(target.documents("shop.experts")).hasSize(1);
        assertThat(target.collections("other")).containsExactly("experts");
    }

    @Test
    void singleCollectionsLeaveTheOthersAlone() throws Exception {
        target.insert("shop.experts", "{_id: 'old'}");
        target.insert("shop.stray", "{_id: 1}");
        RestoreOptions options = DROP.withReplaceWholeDatabases(false);
        assertThat(target.restore(options)
                        .run(List.of(content("shop.experts", "{_id: 'a'}")))
                        .complete())
                .isTrue();
        assertThat(target.collections("shop")).containsExactly("experts", "stray");
        assertThat(ids("shop.experts")).containsExactly("BsonString{value='a'}");
    }

    @Test
    void aPlanSaysWhatWouldHappenAndTouchesNothing() throws Exception {
        target.insert("shop.experts", "{_id: 'old'}");
        target.insert("shop.stray", "{_id: 1}", "{_id: 2}");
        List<CollectionContent> contents = List.of(
                content("shop.payments", "{_id: 1}"),
                content("shop.experts"),
                view("shop.top", "{viewOn: 'experts', pipeline: []}"),
                MemoryContent.of("admin.system.users", BsonDocument.parse("{_id: 'a'}")));
        RestorePlan plan = target.restore(DROP).plan(contents);
        assertThat(plan.steps())
                .extracting(step -> step.action() + " " + step.namespace() + " " + step.existingDocuments())
                .containsExactly(
                        "CREATE " + target.name("shop.payments") + " 0",
                        "REPLACE " + target.name("shop.experts") + " 1",
                        "CREATE " + target.name("shop.top") + " 0",
                        "SKIP admin.system.users 0",
                        "REMOVE " + target.name("shop.stray") + " 2");
        assertThat(plan.namespaces(Action.REMOVE)).containsExactly(name("shop.stray"));
        assertThat(plan.steps().getFirst().expectedBytes()).isEqualTo(14);
        assertThat(target.collections("shop")).containsExactly("experts", "stray");
        assertThat(ids("shop.experts")).containsExactly("BsonString{value='old'}");
    }

    @Test
    void whatAKilledRestoreLeftBehindIsRemovedAndIsNotInTheWay() throws Exception {
        target.insert("shop.dr-restore-0123abcd-7", "{_id: 1}");
        target.insert("shop.dr-restore-plans", "{_id: 1}");
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> target.restore().run(List.of(content("shop.experts"))))
                .withMessage("the target is not empty: " + name("shop.dr-restore-plans") + " (1 documents)");
        RestoreOptions options = RestoreOptions.defaults().withReplaceWholeDatabases(false);
        target.restore(options).run(List.of(content("shop.experts")));
        assertThat(target.collections("shop")).containsExactly("dr-restore-plans", "experts");
    }

    @Test
    void renamedDatabasesAndCollectionsAreRestoredBesideTheOriginals() throws Exception {
        target.insert("shop.experts", "{_id: 'old'}");
        Selection selection = new Selection(
                Set.of(),
                Set.of(),
                Map.of(
                        target.database("shop"), target.database("copy"),
                        target.name("side.notes"), target.name("copy.old notes")));
        RestoreReport report = target.restore()
                .run(selection.apply(List.of(content("shop.experts", "{_id: 1}"), content("side.notes", "{_id: 2}"))));
        assertThat(report.complete()).isTrue();
        assertThat(target.collections("copy")).containsExactly("experts", "old notes");
        assertThat(ids("shop.experts")).containsExactly("BsonString{value='old'}");
    }

    @Test
    void optionsAndIndexesComeBack() throws Exception {
        MemoryContent capped =
                content("shop.events", "{_id: 1}", "{_id: 2}").with("{capped: true, size: 4096, max: 9}");
        MemoryContent experts = content("shop.experts", "{_id: 1, email: 'a', n: 1}")
                .with(
                        "{validator: {name: {$type: 'string'}}, validationLevel: 'strict', validationAction: 'error'}",
                        "{v: 2, key: {email: 1}, name: 'email_1', unique: true}",
                        "{v: 2, key: {at: 1}, name: 'at_1', expireAfterSeconds: 3600}",
                        "{v: 2, key: {n: -1, email: 1}, name: 'n_-1_email_1', sparse: true}");
        assertThat(target.restore().run(List.of(capped, experts)).complete()).isTrue();
        Map<String, CollectionSpec> catalog = target.catalog();
        CollectionSpec events = Objects.requireNonNull(catalog.get(target.name("shop.events")));
        assertThat(events.options()).isEqualTo(capped.spec().options());
        CollectionSpec spec = Objects.requireNonNull(catalog.get(target.name("shop.experts")));
        assertThat(spec.options()).isEqualTo(experts.spec().options());
        assertThat(spec.indexes())
                .extracting(IndexSpecs::name)
                .containsExactlyInAnyOrder("_id_", "email_1", "at_1", "n_-1_email_1");
    }

    @Test
    void cappedCollectionsKeepTheirOrder() throws Exception {
        String[] documents = new String[3000];
        for (int i = 0; i < documents.length; i++) {
            documents[i] = "{_id: " + (i * 7919 % 3001) + "}";
        }
        MemoryContent capped = content("shop.events", documents).with("{capped: true, size: 1048576}");
        assertThat(target.restore().run(List.of(capped)).complete()).isTrue();
        assertThat(target.documents("shop.events").stream()
                        .map(BsonDocument::toJson)
                        .toList())
                .isEqualTo(List.of(documents).stream()
                        .map(text -> BsonDocument.parse(text).toJson())
                        .toList());
    }

    @Test
    void viewsComeAfterWhatTheyReadFromAndReplaceCollectionsAndAreReplaced() throws Exception {
        target.insert("shop.top", "{_id: 'a collection'}");
        target.client().getDatabase(target.database("shop")).createView("experts", "elsewhere", List.of());
        RestoreReport report = target.restore(DROP)
                .run(List.of(
                        view("shop.best", "{viewOn: 'top', pipeline: [{$match: {_id: 1}}]}"),
                        view("shop.top", "{viewOn: 'experts', pipeline: []}"),
                        content("shop.experts", "{_id: 1}", "{_id: 2}")));
        assertThat(report.complete()).isTrue();
        assertThat(report.collections()).extracting(result -> result.verdict()).containsOnly(Verdict.IDENTICAL);
        Map<String, CollectionSpec> catalog = target.catalog();
        assertThat(Objects.requireNonNull(catalog.get(target.name("shop.top"))).options())
                .isEqualTo(BsonDocument.parse("{viewOn: 'experts', pipeline: []}"));
        assertThat(Objects.requireNonNull(catalog.get(target.name("shop.experts")))
                        .type())
                .isEqualTo(CollectionSpec.Type.COLLECTION);
        assertThat(target.collections("shop")).containsExactly("best", "experts", "top");
    }

    @Test
    void anIndexThatCannotBeUniqueIsAFindingAndTheCollectionIsRestored() throws Exception {
        MemoryContent experts = content("shop.experts", "{_id: 1, e: 'x', n: 1}", "{_id: 2, e: 'x', n: 2}")
                .with(
                        "{}",
                        "{v: 2, key: {e: 1}, name: 'e_1', unique: true}",
                        "{v: 2, key: {n: 1}, name: 'n_1'}",
                        "{v: 2, key: {n: -1}, name: 'n_-1', unique: true}");
        RestoreReport report = target.restore().run(List.of(experts));
        assertThat(report.collections().getFirst().verdict()).isEqualTo(Verdict.IDENTICAL);
        assertThat(report.complete()).isFalse();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.PROBLEM);
            assertThat(finding.subject()).isEqualTo(target.name("shop.experts"));
            assertThat(finding.message())
                    .startsWith("index 'e_1' was not built: it is unique")
                    .contains("x");
        });
        assertThat(Objects.requireNonNull(target.catalog().get(target.name("shop.experts")))
                        .indexes())
                .extracting(IndexSpecs::name)
                .containsExactlyInAnyOrder("_id_", "n_1", "n_-1");
    }

    @Test
    void usersAreNotPutBackUnlessAskedForAndTheServersVersionNever() throws Exception {
        RestoreReport report = target.restore()
                .run(List.of(
                        MemoryContent.of("admin.system.users", BsonDocument.parse("{_id: 'drt.a'}")),
                        MemoryContent.of("admin.system.version", BsonDocument.parse("{_id: 'x'}"))));
        assertThat(report.collections()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(report.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "was not put back: users and roles were not asked for",
                        "was not put back: it belongs to the server");
    }

    @Test
    void usersAndRolesAreReplacedWithDropAndAddedWithout() throws Exception {
        target.assumeOwn();
        List<CollectionContent> contents = List.of(
                MemoryContent.of(
                        "admin.system.users", BsonDocument.parse("{_id: 'shop.new', user: 'new', db: 'shop'}")),
                MemoryContent.of("admin.system.roles", BsonDocument.parse("{_id: 'shop.r', role: 'r', db: 'shop'}")));
        var users = target.client().getDatabase("admin").getCollection("system.users", BsonDocument.class);
        users.insertOne(BsonDocument.parse("{_id: 'shop.old', user: 'old', db: 'shop'}"));

        assertThat(target.restore(RestoreOptions.defaults().withUsers(true))
                        .run(contents)
                        .complete())
                .isTrue();
        assertThat(users.find().into(new ArrayList<>())).hasSize(2);
        assertThat(target.restore(DROP.withUsers(true)).run(contents).complete())
                .isTrue();
        assertThat(users.find().into(new ArrayList<>()))
                .containsExactly(BsonDocument.parse("{_id: 'shop.new', user: 'new', db: 'shop'}"));
        assertThat(target.client().getDatabase("admin").listCollectionNames()).noneMatch(TemporaryNames::isOurs);
    }

    @Test
    void twoContentsOfOneNameAreRefused() {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> target.restore().plan(List.of(content("shop.a"), content("shop.a"))))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void storedFunctionsAreReplacedInPlaceAndTheReportSaysSo() throws Exception {
        target.insert("shop.system.js", "{_id: 'old', value: 1}");
        RestoreReport report = target.restore(DROP).run(List.of(content("shop.system.js", "{_id: 'f', value: 1}")));
        assertThat(report.complete()).isTrue();
        assertThat(ids("shop.system.js")).containsExactly("BsonString{value='f'}");
        assertThat(report.findings())
                .extracting(Finding::message)
                .containsExactly("was replaced in place, since the server cannot rename it");
    }

    @Test
    void documentsThatHaveExpiredAreRestoredAndTheReportSaysThatTheyWillGo() throws Exception {
        String ttl = "{v: 2, key: {at: 1}, name: 'at_1', expireAfterSeconds: 60}";
        MemoryContent old = content("shop.old", "{_id: 1, at: {$date: '2020-01-01T00:00:00Z'}}")
                .with("{}", ttl);
        MemoryContent fresh = content("shop.fresh", "{_id: 1, at: {$date: '2999-01-01T00:00:00Z'}}")
                .with("{}", ttl);
        RestoreReport report = target.restore().run(List.of(old, fresh));
        assertThat(report.complete()).isTrue();
        assertThat(report.findings())
                .containsExactly(new Finding(
                        Severity.NOTE,
                        target.name("shop.old"),
                        "holds documents that have expired; the server deletes them again by index 'at_1'"));
    }
}
