package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.capture.FullCapture;
import com.foodxchange.dr.mongo.capture.FullCapture.CapturedCollection;
import com.foodxchange.dr.mongo.capture.FullCapture.OplogSpan;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.FullReason;
import com.foodxchange.dr.recovery.Manifest;
import com.foodxchange.dr.recovery.Manifest.Position;
import com.foodxchange.dr.recovery.SnapshotTags;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.SnapshotWriter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a whole deployment into the repository. */
final class FullBackup {
    private final Repository repository;
    private final Deployment deployment;
    private final InstantSource clock;

    FullBackup(Repository repository, Deployment deployment, InstantSource clock) {
        this.repository = repository;
        this.deployment = deployment;
        this.clock = clock;
    }

    BackupResult run(String source, Set<String> databases, FullReason reason, BackupProgress progress)
            throws IOException, InterruptedException {
        String parent = parent(source);
        try (SnapshotWriter writer = repository.newSnapshot()) {
            progress.writing(writer::statistics);
            SnapshotDumpSink sink = new SnapshotDumpSink(writer);
            Publication publication = new Publication(writer, sink, clock);
            FullCapture.Options options = FullCapture.Options.standard().withDatabases(databases);
            FullCapture.Result captured = new FullCapture(deployment, options).run(sink, progress);
            Origin origin = Origin.of(source, databases, captured.topology());
            Manifest manifest = manifest(origin, reason, captured, publication);
            BackupSnapshot snapshot = publication.publish(manifest, tags(origin, reason, captured.oplog()), parent);
            return new BackupResult(
                    source,
                    BackupKind.FULL,
                    reason.text(),
                    snapshot,
                    manifest,
                    captured.findings(),
                    publication.elapsed());
        }
    }

    /** The last full backup of the source, which most files will resemble. */
    private @Nullable String parent(String source) {
        List<BackupSnapshot> fulls = Backups.list(repository).of(source).stream()
                .filter(BackupSnapshot::full)
                .toList();
        return fulls.isEmpty() ? null : fulls.getLast().snapshot().id();
    }

    private static SnapshotTags tags(Origin origin, FullReason reason, @Nullable OplogSpan oplog) {
        OpTime from = oplog == null ? null : oldest(oplog);
        OpTime to = oplog == null ? null : oplog.to();
        // Without an oplog there is no moment and no history that anything could continue.
        String set = oplog == null ? null : origin.set();
        return new SnapshotTags(origin.source(), BackupKind.FULL, set, origin.databases(), from, to, null, reason);
    }

    private static OpTime oldest(OplogSpan oplog) {
        OpTime first = oplog.first();
        return first != null && first.compareTo(oplog.scanFrom()) < 0 ? first : oplog.scanFrom();
    }

    private static Manifest manifest(
            Origin origin, FullReason reason, FullCapture.Result captured, Publication publication) {
        OplogSpan oplog = captured.oplog();
        return new Manifest(
                Manifest.SCHEMA_VERSION,
                Publication.PROGRAM,
                origin.source(),
                BackupKind.FULL.label(),
                reason.label(),
                origin.databases(),
                origin.topology(),
                oplog == null ? null : Position.of(oplog.first()),
                oplog == null ? null : Position.of(oplog.to()),
                null,
                oplog == null ? null : scan(oplog),
                oplog == null ? new Manifest.Oplog(0, 0) : new Manifest.Oplog(oplog.entries(), oplog.bytes()),
                captured.collections().stream().map(FullBackup::collection).toList(),
                publication.work(captured.scanTime()),
                captured.findings().stream().map(FullBackup::sentence).toList());
    }

    private static Manifest.Scan scan(OplogSpan oplog) {
        return new Manifest.Scan(
                Objects.requireNonNull(Position.of(oplog.scanFrom())), Objects.requireNonNull(Position.of(oplog.to())));
    }

    private static Manifest.Collection collection(CapturedCollection captured) {
        return new Manifest.Collection(
                captured.spec().namespace().toString(),
                captured.spec().type().name().toLowerCase(Locale.ROOT),
                captured.spec().uuid() == null ? null : captured.spec().uuid().toString(),
                captured.content().count(),
                captured.content().bytes(),
                captured.content().hash(),
                captured.chunks());
    }

    private static String sentence(Finding finding) {
        return finding.subject() + ": " + finding.message();
    }
}
