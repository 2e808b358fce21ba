package com.foodxchange.dr.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.backup.BackupRequest.Choice;
import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.recovery.restore.Export;
import com.foodxchange.dr.recovery.restore.ExportReport;
import com.foodxchange.dr.recovery.restore.RecoveryProgress;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer knew at a moment is what comes back. */
class RoundTripTest {
    @TempDir
    private Path folder;

    private Lab lab;
    private Sandbox elsewhere;
    private Deployment target;

    @BeforeEach
    void start() throws Exception {
        lab = new Lab(folder);
        elsewhere = Sandbox.start(SandboxOptions.inMemory());
        target = Deployment.connect(elsewhere.uri());
    }

    @AfterEach
    void stop() {
        target.close();
        elsewhere.close();
        lab.close();
    }

    @Test
    void everyNotedMomentBetweenFullAndLastSliceComesBack() throws Exception {
        Writer writer = lab.writer(1).write(100, 1000);
        BackupResult full = lab.backup(Choice.AUTO);
        assertThat(full.kind()).isEqualTo(BackupKind.FULL);
        assertThat(full.reason()).contains("first");
        for (int slice = 0; slice < 3; slice++) {
            writer.write(40, 13);
            BackupResult result = lab.backup(Choice.AUTO);
            assertThat(result.kind()).isEqualTo(BackupKind.INCREMENTAL);
            assertThat(result.snapshot()).isNotNull();
        }
        assertThat(lab.timeline().windows()).hasSize(1);
        assertThat(lab.timeline().gaps()).isEmpty();
        assertThat(writer.notes()).hasSizeGreaterThan(8);
        for (Writer.Note note : writer.notes()) {
            RecoveryReport report = lab.restore(new Moment.Entry(note.at().ts()), target);
            assertThat(report.complete()).isTrue();
            // every server has it, and keeps its own
            assertThat(report.findings()).extracting(Finding::subject).isSubsetOf("admin.system.version");
            assertThat(report.reached().entry()).isEqualTo(note.at().ts());
            assertThat(Lab.contents(target)).as("at %s", note.at()).isEqualTo(note.contents());
        }
        RecoveryReport latest = lab.restore(Moment.LATEST, target);
        assertThat(latest.complete()).isTrue();
        assertThat(Lab.contents(target)).isEqualTo(writer.contents());
    }

    @Test
    void aFullTakenWhileSomebodyWritesIsOfOneMoment() throws Exception {
        Writer writer = lab.writer(2).write(200, 1000);
        AtomicBoolean done = new AtomicBoolean();
        Thread writing = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                try {
                    writer.write(1, 1);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        BackupResult full;
        try {
            full = lab.backup(Choice.FULL);
        } finally {
            done.set(true);
            writing.join();
        }
        lab.backup(Choice.INCREMENTAL);
        RecoveryReport report = lab.restore(Moment.LATEST, target);
        assertThat(report.complete()).isTrue();
        // every server has it, and keeps its own
        assertThat(report.findings()).extracting(Finding::subject).isSubsetOf("admin.system.version");
        assertThat(Lab.contents(target)).isEqualTo(writer.contents());
        RecoveryReport atFull =
                lab.restore(new Moment.Entry(Lab.added(full).to().ts()), target);
        assertThat(atFull.point().slices()).isEmpty();
        Writer.Note before = writer.notes().stream()
                .filter(note -> note.at().compareTo(Lab.added(full).to()) <= 0)
                .reduce((one, other) -> other)
                .orElseThrow();
        assertThat(Lab.contents(target)).isEqualTo(before.contents());
    }

    @Test
    void aSecondIsRestoredWithEverythingThatHappenedInIt() throws Exception {
        Writer writer = lab.writer(3).write(20, 1000);
        lab.backup(Choice.FULL);
        Instant start = Instant.now();
        while (Duration.between(start, Instant.now()).compareTo(Duration.ofMillis(2500)) < 0) {
            writer.write(1, 1);
        }
        lab.backup(Choice.AUTO);
        long second = writer.notes().getFirst().at().seconds() + 1;
        List<Writer.Note> inIt = writer.notes().stream()
                .filter(note -> note.at().seconds() <= second)
                .toList();
        RecoveryReport report = lab.restore(new Moment.Second(Instant.ofEpochSecond(second)), target);
        assertThat(Lab.contents(target)).isEqualTo(inIt.getLast().contents());
        assertThat(report.reached().completeUntil()).isEqualTo(Instant.ofEpochSecond(second + 1));
        assertThat(report.reached().written())
                .isBetween(Instant.ofEpochSecond(second - 1), Instant.ofEpochSecond(second + 2));
        assertThat(report.reached().dataLoss()).isPositive();
    }

    @Test
    void anIdleDatabaseAddsNoSnapshotAndANoopDoes() throws Exception {
        lab.writer(4).write(20, 1000);
        lab.backup(Choice.AUTO);
        BackupResult idle = lab.backup(Choice.AUTO);
        assertThat(idle.kind()).isEqualTo(BackupKind.INCREMENTAL);
        assertThat(idle.snapshot()).isNull();
        lab.sandbox.writeNoop();
        BackupResult noop = lab.backup(Choice.AUTO);
        Manifest manifest = Objects.requireNonNull(noop.manifest());
        assertThat(manifest.oplog().entries()).isEqualTo(1);
        assertThat(lab.timeline().windows().getFirst().to())
                .isEqualTo(Lab.added(noop).to());
    }

    @Test
    void aFullInTheMiddleLeavesNoGap() throws Exception {
        Writer writer = lab.writer(5).write(30, 1000);
        lab.backup(Choice.AUTO);
        writer.write(30, 7);
        lab.backup(Choice.AUTO);
        writer.write(30, 7);
        assertThat(lab.backup(Choice.FULL).reason()).contains("asked");
        assertThat(lab.timeline().windows()).hasSize(2);
        writer.write(30, 7);
        lab.backup(Choice.AUTO);
        assertThat(lab.timeline().windows()).hasSize(1);
        for (Writer.Note note : writer.notes()) {
            lab.restore(new Moment.Entry(note.at().ts()), target);
            assertThat(Lab.contents(target)).as("at %s", note.at()).isEqualTo(note.contents());
        }
    }

    @Test
    void anExportHoldsTheSame() throws Exception {
        Writer writer = lab.writer(6).write(60, 1000);
        lab.backup(Choice.AUTO);
        writer.write(60, 29);
        lab.backup(Choice.AUTO);
        Writer.Note note = writer.notes().getFirst();
        ExportReport report = new Export(lab.repository, lab.workspace(), RecoveryProgress.NONE)
                .run(null, new Moment.Entry(note.at().ts()), Selection.EVERYTHING, folder.resolve("dump"));
        assertThat(report.collections()).containsAllEntriesOf(note.contents());
        assertThat(folder.resolve("dump/shop/orders.bson"))
                .hasSize(Objects.requireNonNull(note.contents().get(Lab.ORDERS)).bytes());
        assertThat(folder.resolve("dump/shop/orders.metadata.json")).isNotEmptyFile();
        assertThat(folder.resolve("dump/prelude.json")).content().contains("ServerVersion");
        assertThat(folder.resolve("dump/oplog.bson")).doesNotExist();
    }
}
