package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Manifest;
import com.foodxchange.dr.recovery.Manifests;
import com.foodxchange.dr.recovery.SnapshotTags;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.SnapshotAttributes;
import com.foodxchange.dr.repository.SnapshotWriter;
import com.foodxchange.dr.repository.WriteStatistics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot out of what was written: adds the manifest, commits, and hands back what others will see. */
final class Publication {
    static final String PROGRAM = "FoodXchange DR "
            + Objects.requireNonNullElse(Publication.class.getPackage().getImplementationVersion(), "development");

    private final SnapshotWriter writer;
    private final SnapshotDumpSink sink;
    private final InstantSource clock;
    private final String startedAt;
    private final Stopwatch stopwatch = Stopwatch.start();

    Publication(SnapshotWriter writer, SnapshotDumpSink sink, InstantSource clock) {
        this.writer = writer;
        this.sink = sink;
        this.clock = clock;
        this.startedAt = clock.instant().toString();
    }

    /** What it took until now; {@code scan}: the part of it that collections were read. */
    Manifest.Work work(Duration scan) {
        WriteStatistics statistics = writer.statistics();
        return new Manifest.Work(
                startedAt,
                scan.toMillis(),
                stopwatch.elapsed().toMillis(),
                statistics.bytesRead(),
                statistics.bytesNew(),
                statistics.bytesStored());
    }

    /** Durable when it returns. {@code parent}: the id of the snapshot that this one resembles. */
    BackupSnapshot publish(Manifest manifest, SnapshotTags tags, @Nullable String parent) throws InterruptedException {
        sink.write(Manifest.PATH, Manifests.toJson(manifest));
        Snapshot snapshot = writer.commit(new SnapshotAttributes(
                clock.instant(), tags.source(), List.of("/dr/" + tags.source()), tags.toList(), parent));
        return SnapshotTags.read(snapshot).orElseThrow();
    }

    Duration elapsed() {
        return stopwatch.elapsed();
    }
}
