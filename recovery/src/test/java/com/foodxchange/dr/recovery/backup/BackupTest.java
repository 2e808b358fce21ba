package com.foodxchange.dr.recovery.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.restore.RestoreOptions;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.FullReason;
import com.foodxchange.dr.recovery.Gap;
import com.foodxchange.dr.recovery.Lab;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.recovery.Writer;
import com.foodxchange.dr.recovery.backup.BackupRequest.Choice;
import com.foodxchange.dr.recovery.restore.RecoveryProgress;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import com.foodxchange.dr.recovery.restore.RestorePreview;
import com.foodxchange.dr.recovery.restore.RestoreRecipe;
import com.foodxchange.dr.recovery.restore.RestoreRequest;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    private Path folder;

    private Lab lab;
    private Sandbox elsewhere;
    private Deployment target;
    private Writer writer;

    @BeforeEach
    void start() throws Exception {
        lab = new Lab(folder);
        elsewhere = Sandbox.start(SandboxOptions.inMemory());
        target = Deployment.connect(elsewhere.uri());
        writer = lab.writer(1).write(40, 1000);
    }

    @AfterEach
    void stop() {
        target.close();
        elsewhere.close();
        lab.close();
    }

    @Test
    void anOplogThatRolledOverClosesTheWindow() throws Exception {
        lab.backup(Choice.AUTO);
        writer.write(40, 39);
        lab.sandbox.trimOplog(10);
        assertThatThrownBy(() -> lab.backup(Choice.INCREMENTAL))
                .isInstanceOfSatisfying(
                        DeploymentException.class,
                        e -> assertThat(e.kind()).isEqualTo(DeploymentException.Kind.OPLOG_GAP));
        assertThat(Backups.list(lab.repository).all()).as("as before").hasSize(1);
        BackupSnapshot full = Lab.added(lab.backup(Choice.AUTO));
        assertThat(full.reason()).isEqualTo(FullReason.OPLOG_GAP);
        writer.write(10, 1000);
        assertThat(Lab.added(lab.backup(Choice.INCREMENTAL)).previous()).isEqualTo(full.to());
        assertThat(lab.timeline().windows()).hasSize(2);
        assertThat(lab.timeline().gaps()).extracting(Gap::reason).containsExactly(Gap.Reason.OPLOG_ROLLED_OVER);
        assertLatestIs(writer);
        assertThatThrownBy(() -> lab.restore(
                        new Moment.Entry(writer.notes().getFirst().at().ts()), target))
                .isInstanceOfSatisfying(RecoveryException.class, e -> {
                    assertThat(e.kind()).isEqualTo(RecoveryException.Kind.OUTSIDE_WINDOW);
                    assertThat(e.hint()).contains(full.to().toString());
                });
    }

    @Test
    void aRollbackClosesTheWindow() throws Exception {
        lab.backup(Choice.AUTO);
        writer.write(20, 1000);
        lab.backup(Choice.AUTO);
        lab.sandbox.rollBackOplog(5);
        Writer after = lab.writer(2).write(20, 1000);
        assertThatThrownBy(() -> lab.backup(Choice.INCREMENTAL))
                .isInstanceOfSatisfying(
                        DeploymentException.class,
                        e -> assertThat(e.kind()).isEqualTo(DeploymentException.Kind.ROLLBACK));
        assertThat(Lab.added(lab.backup(Choice.AUTO)).reason()).isEqualTo(FullReason.ROLLBACK);
        after.write(20, 1000);
        assertThat(lab.backup(Choice.AUTO).kind()).isEqualTo(BackupKind.INCREMENTAL);
        assertThat(lab.timeline().gaps()).extracting(Gap::reason).containsExactly(Gap.Reason.ROLLBACK);
        RecoveryReport report = lab.restore(Moment.LATEST, target);
        assertThat(report.complete()).isTrue();
        assertThat(Lab.contents(target)).isEqualTo(Lab.contents(lab.deployment));
    }

    @Test
    void anIncrementalBackupNeedsSomethingToContinue() {
        assertThatThrownBy(() -> lab.backup(Choice.INCREMENTAL)).isInstanceOfSatisfying(RecoveryException.class, e -> {
            assertThat(e.kind()).isEqualTo(RecoveryException.Kind.NOTHING_TO_CONTINUE);
            assertThat(e.hint()).contains("--kind full");
        });
        assertThat(Backups.list(lab.repository).all()).isEmpty();
    }

    @Test
    void twoSourcesInOneRepositoryDoNotMix() throws Exception {
        try (Sandbox stock = Sandbox.start(SandboxOptions.inMemory().withReplicaSet("stock"));
                Deployment other = Deployment.connect(stock.uri())) {
            insert(other, "shop", "orders", 900);
            lab.backup(Choice.AUTO);
            assertThat(lab.backup(other, null, Set.of(), Choice.AUTO).reason()).contains("first");
            writer.write(20, 1000);
            insert(other, "shop", "orders", 901);
            assertThat(lab.backup(Choice.AUTO).kind()).isEqualTo(BackupKind.INCREMENTAL);
            assertThat(lab.backup(other, null, Set.of(), Choice.AUTO).kind()).isEqualTo(BackupKind.INCREMENTAL);
            assertThat(Backups.list(lab.repository).sources()).containsExactly("sandbox", "stock");
            assertThatThrownBy(() -> lab.restore(Moment.LATEST, target)).hasMessageContaining("several sources");
            lab.restore("stock", Moment.LATEST, target);
            assertThat(Lab.contents(target)).isEqualTo(Lab.contents(other));
            lab.restore("sandbox", Moment.LATEST, target);
            assertThat(Lab.contents(target)).isEqualTo(writer.contents());
        }
    }

    @Test
    void anotherReplicaSetUnderTheSameNameBeginsAnew() throws Exception {
        lab.backup(Choice.AUTO);
        BackupResult result = lab.backup(target, "sandbox", Set.of(), Choice.AUTO);
        assertThat(Lab.added(result).reason()).isEqualTo(FullReason.OTHER_SET);
        assertThat(lab.timeline().gaps()).extracting(Gap::reason).startsWith(Gap.Reason.OTHER_REPLICA_SET);
    }

    @Test
    void aBackupLimitedToADatabaseHoldsThatAlone() throws Exception {
        insert(lab.deployment, "private", "letters", 1);
        Set<String> shop = Set.of("shop");
        BackupSnapshot full = Lab.added(lab.backup(lab.deployment, null, shop, Choice.AUTO));
        writer.write(20, 1000);
        insert(lab.deployment, "private", "letters", 2);
        BackupSnapshot slice = Lab.added(lab.backup(lab.deployment, null, shop, Choice.AUTO));
        assertThat(slice.to()).as("what is not wanted was read all the same").isEqualTo(lab.lastWrite());
        insert(lab.deployment, "private", "letters", 3);
        BackupSnapshot empty = Lab.added(lab.backup(lab.deployment, null, shop, Choice.AUTO));
        assertThat(empty.to()).isEqualTo(lab.lastWrite());
        assertThat(full.databases()).containsExactly("shop");
        assertLatestIs(writer);
        assertThat(target.client().listDatabaseNames()).doesNotContain("private");
        assertThat(Lab.added(lab.backup(Choice.AUTO)).reason()).isEqualTo(FullReason.OTHER_DATABASES);
        assertThat(lab.backup(lab.deployment, null, shop, Choice.AUTO).kind())
                .as("its chain goes on")
                .isEqualTo(BackupKind.INCREMENTAL);
    }

    @Test
    void aStandaloneServerIsBackedUpFullyAndSaysWhatItCannotPromise() throws Exception {
        try (Sandbox standalone = Sandbox.start(SandboxOptions.inMemory().asStandalone());
                Deployment alone = Deployment.connect(standalone.uri())) {
            insert(alone, "shop", "orders", 1);
            BackupSnapshot first = Lab.added(lab.backup(alone, "alone", Set.of(), Choice.AUTO));
            assertThat(first.reason()).isEqualTo(FullReason.STANDALONE);
            assertThat(first.ofOneMoment()).isFalse();
            assertThatThrownBy(() -> lab.backup(alone, "alone", Set.of(), Choice.INCREMENTAL))
                    .hasMessageContaining("standalone");
            insert(alone, "shop", "orders", 2);
            assertThat(lab.backup(alone, "alone", Set.of(), Choice.AUTO).kind()).isEqualTo(BackupKind.FULL);
            RecoveryReport latest = lab.restore("alone", Moment.LATEST, target);
            assertThat(latest.complete()).isTrue();
            assertThat(latest.reached().entry()).isNull();
            assertThat(latest.findings())
                    .anySatisfy(finding -> assertThat(finding.message()).contains("not of one moment"));
            assertThat(Lab.contents(target)).isEqualTo(Lab.contents(alone));
            Instant before = first.snapshot().time().minusSeconds(100);
            assertThatThrownBy(() -> lab.restore("alone", new Moment.Second(before), target))
                    .isInstanceOfSatisfying(
                            RecoveryException.class, e -> assertThat(e.hint()).contains("after it"));
        }
    }

    @Test
    void aDryRunShowsWhatWouldHappenAndTouchesNothing() throws Exception {
        lab.backup(Choice.AUTO);
        insert(target, "shop", "orders", 5);
        Map<Namespace, ContentHash.Value> before = Lab.contents(target);
        RestoreRequest request = new RestoreRequest(
                null,
                Moment.LATEST,
                Selection.EVERYTHING,
                RestoreOptions.defaults().withDrop(true),
                null);
        RestoreRecipe recipe = new RestoreRecipe(lab.repository, lab.workspace(), RecoveryProgress.NONE);
        RestorePreview preview = recipe.plan(request, target.client());
        assertThat(preview.plan().steps()).isNotEmpty();
        assertThat(preview.reached().entry()).isNotNull();
        assertThat(Lab.contents(target)).isEqualTo(before);
        RestoreRequest careful =
                new RestoreRequest(null, Moment.LATEST, Selection.EVERYTHING, RestoreOptions.defaults(), null);
        assertThatThrownBy(() -> recipe.run(careful, target.client(), Stopwatch.start()))
                .isInstanceOfSatisfying(
                        DeploymentException.class,
                        e -> assertThat(e.kind()).isEqualTo(DeploymentException.Kind.TARGET_NOT_EMPTY));
        assertThat(Lab.contents(target)).isEqualTo(before);
    }

    @Test
    void singleCollectionsComeBackUnderOtherNamesAtAMoment() throws Exception {
        lab.backup(Choice.AUTO);
        writer.write(40, 20);
        lab.backup(Choice.AUTO);
        Writer.Note note = writer.notes().getFirst();
        Selection selection = new Selection(Set.of(), Set.of(Lab.ORDERS), Map.of("shop.orders", "rescue.orders"));
        RestoreRequest request =
                new RestoreRequest(null, new Moment.Entry(note.at().ts()), selection, RestoreOptions.defaults(), null);
        RecoveryReport report = new RestoreRecipe(lab.repository, lab.workspace(), RecoveryProgress.NONE)
                .run(request, target.client(), Stopwatch.start());
        assertThat(report.complete()).isTrue();
        assertThat(report.restore().collections()).singleElement().satisfies(result -> {
            assertThat(result.namespace()).isEqualTo(new Namespace("rescue", "orders"));
            assertThat(result.readBack()).isEqualTo(note.contents().get(Lab.ORDERS));
        });
        assertThat(Lab.contents(target)).isEmpty();
    }

    private void assertLatestIs(Writer expected) throws Exception {
        assertThat(lab.restore(Moment.LATEST, target).complete()).isTrue();
        assertThat(Lab.contents(target)).isEqualTo(expected.contents());
    }

    private static void insert(Deployment deployment, String database, String collection, int id) {
        deployment
                .client()
                .getDatabase(database)
                .getCollection(collection, BsonDocument.class)
                .insertOne(new BsonDocument("_id", new BsonInt32(id)));
    }
}
