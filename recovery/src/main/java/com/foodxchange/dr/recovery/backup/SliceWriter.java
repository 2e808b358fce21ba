package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.oplog.EntrySink;
import com.foodxchange.dr.mongo.oplog.OplogFileWriter;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Manifest;
import com.foodxchange.dr.recovery.Manifest.Position;
import com.foodxchange.dr.recovery.SnapshotTags;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.SnapshotWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Writes oplog entries into the repository as an incremental backup. */
final class SliceWriter {
    private static final String CONTINUES = "it continues what is there";
    private static final String NOTHING_NEW = "nothing happened since the last backup";

    private final Repository repository;
    private final InstantSource clock;

    SliceWriter(Repository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** Brings the entries. */
    @FunctionalInterface
    interface Entries {
        /** Hands over all there are; returns how far the oplog was read. */
        OpTime writeTo(EntrySink sink) throws IOException, InterruptedException;
    }

    /** Without a snapshot in the result when the oplog was read no farther than {@code previous}. */
    BackupResult write(Origin origin, OpTime previous, Entries entries, BackupProgress progress)
            throws IOException, InterruptedException {
        try (SnapshotWriter writer = repository.newSnapshot()) {
            progress.writing(writer::statistics);
            SnapshotDumpSink sink = new SnapshotDumpSink(writer);
            Publication publication = new Publication(writer, sink, clock);
            OplogFileWriter oplog =
                    new OplogFileWriter(sink.create(DumpLayout.OPLOG).nextPart());
            OpTime to;
            try (oplog) {
                to = entries.writeTo(oplog);
            }
            return to.equals(previous)
                    ? nothingNew(origin, publication.elapsed())
                    : publish(origin, previous, to, oplog, publication);
        }
    }

    private static BackupResult publish(
            Origin origin, OpTime previous, OpTime to, OplogFileWriter oplog, Publication publication)
            throws InterruptedException {
        OpTime first = oplog.first();
        Manifest manifest = new Manifest(
                Manifest.SCHEMA_VERSION,
                Publication.PROGRAM,
                origin.source(),
                BackupKind.INCREMENTAL.label(),
                null,
                origin.databases(),
                origin.topology(),
                Position.of(first),
                Position.of(to),
                Position.of(previous),
                null,
                new Manifest.Oplog(oplog.entries(), oplog.bytes()),
                List.of(),
                publication.work(Duration.ZERO),
                List.of());
        SnapshotTags tags = new SnapshotTags(
                origin.source(), BackupKind.INCREMENTAL, origin.set(), origin.databases(), first, to, previous, null);
        BackupSnapshot snapshot = publication.publish(manifest, tags, null);
        return new BackupResult(
                origin.source(),
                BackupKind.INCREMENTAL,
                CONTINUES,
                snapshot,
                manifest,
                List.of(),
                publication.elapsed());
    }

    private static BackupResult nothingNew(Origin origin, Duration total) {
        return new BackupResult(origin.source(), BackupKind.INCREMENTAL, NOTHING_NEW, null, null, List.of(), total);
    }
}
