package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.merge.Merge;
import com.foodxchange.dr.mongo.merge.MergeRequest;
import com.foodxchange.dr.mongo.merge.MergedState;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Manifest;
import com.foodxchange.dr.recovery.Manifests;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.RestorePoint;
import com.foodxchange.dr.recovery.SnapshotDumpSource;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.SnapshotReader;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** The state of a source at a moment: a full backup and its slices, joined and ready to be read. */
final class JoinedMoment implements Closeable {
    private final RestorePoint point;
    private final Manifest manifest;
    private final MergedState state;
    private final OplogTap tap;

    private JoinedMoment(RestorePoint point, Manifest manifest, MergedState state, OplogTap tap) {
        this.point = point;
        this.manifest = manifest;
        this.state = state;
        this.tap = tap;
    }

    static JoinedMoment open(Repository repository, RestorePoint point, Workspace workspace, RecoveryProgress progress)
            throws IOException, InterruptedException {
        SnapshotReader full = repository.read(point.full().snapshot());
        Manifest manifest = Manifests.read(full, name(point.full()));
        List<DumpSource> sources = new ArrayList<>(List.of(new SnapshotDumpSource(full)));
        for (BackupSnapshot slice : point.slices()) {
            sources.add(new SnapshotDumpSource(repository.read(slice.snapshot())));
        }
        OplogTap tap = new OplogTap(sources, progress);
        List<DumpSource> watched = sources.stream().map(tap::watch).toList();
        return new JoinedMoment(point, manifest, Merge.open(request(point, manifest, watched, workspace)), tap);
    }

    private static String name(BackupSnapshot backup) {
        return "snapshot " + backup.snapshot().id().substring(0, 8);
    }

    private static MergeRequest request(
            RestorePoint point, Manifest manifest, List<DumpSource> sources, Workspace workspace) {
        Manifest.Scan scan = manifest.scan();
        return new MergeRequest(
                sources.getFirst(),
                scan == null ? null : scan.from().toOpTime(),
                scan == null ? null : scan.consistentAt().toOpTime(),
                sources.subList(1, sources.size()),
                point.limit(),
                Set.copyOf(point.full().databases()),
                workspace.folder(),
                workspace.memoryBytes());
    }

    List<CollectionContent> contents() {
        return state.contents();
    }

    /** The version of the server that the full backup came from. */
    String serverVersion() {
        return manifest.topology().serverVersion();
    }

    /** What was odd; complete only when every content has been read. */
    List<Finding> findings() {
        return state.findings();
    }

    /** {@code disaster}: what the loss is measured against. */
    Reached reached(Instant disaster) throws IOException, InterruptedException {
        if (!point.window().ofOneMoment()) {
            Instant end = point.full().snapshot().time();
            return new Reached(null, null, end, loss(end, disaster), state.entries());
        }
        BsonTimestamp entry = point.full().to().ts();
        BsonTimestamp applied = state.appliedTo();
        if (applied != null && applied.compareTo(entry) > 0) {
            entry = applied;
        }
        Instant written = tap.written(entry);
        Instant completeUntil = completeUntil(entry, written);
        return new Reached(entry, written, completeUntil, loss(completeUntil, disaster), state.entries());
    }

    /** A quiet database loses nothing: what counts is how far the oplog was read, not when something happened last. */
    private Instant completeUntil(BsonTimestamp entry, @Nullable Instant written) {
        OpTime end = point.slices().isEmpty()
                ? point.full().to()
                : point.slices().getLast().to();
        BsonTimestamp limit = point.limit();
        if (point.moment() instanceof Moment.Second(Instant second)
                && limit != null
                && end.ts().compareTo(limit) > 0) {
            return second.plusSeconds(1);
        }
        BsonTimestamp last = limit != null && limit.compareTo(end.ts()) < 0 ? entry : end.ts();
        return written != null && last.equals(entry)
                ? written
                : Instant.ofEpochSecond(Integer.toUnsignedLong(last.getTime()));
    }

    private static Duration loss(Instant completeUntil, Instant disaster) {
        return completeUntil.isBefore(disaster) ? Duration.between(completeUntil, disaster) : Duration.ZERO;
    }

    @Override
    public void close() throws IOException {
        state.close();
    }
}
