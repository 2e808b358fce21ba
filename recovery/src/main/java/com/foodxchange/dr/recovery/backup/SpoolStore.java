package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.oplog.EntrySink;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts spool segments into the repository: segments that continue each other become one slice. */
final class SpoolStore {
    private final Repository repository;
    private final SliceWriter slices;

    SpoolStore(Repository repository, SliceWriter slices) {
        this.repository = repository;
        this.slices = slices;
    }

    /** A segment and the stretch of the oplog in it. */
    private record Segment(Path path, Origin origin, OpTime previous, OpTime end) {
        boolean empty() {
            return previous.equals(end);
        }

        boolean isContinuedBy(Segment next) {
            return origin.sameLine(next.origin) && end.equals(next.previous);
        }

        /** Whether that backup holds all of it, as after a crash between storing a segment and deleting it. */
        boolean isIn(BackupSnapshot backup) {
            return origin.sameLine(backup)
                    && backup.previous() != null
                    && backup.previous().compareTo(previous) <= 0
                    && end.compareTo(backup.to()) <= 0
                    && end.term() <= backup.to().term()
                    && backup.previous().term() <= previous.term();
        }
    }

    /**
     * Stores what is not in the repository yet; durable when it returns. Deletes nothing.
     *
     * @param segments oldest first; one that is gone meanwhile was stored by somebody else
     * @return one result for each slice that was added
     */
    List<BackupResult> store(List<Path> segments) throws IOException, InterruptedException {
        List<BackupResult> results = new ArrayList<>();
        for (List<Segment> run : runs(segments)) {
            results.add(slices.write(
                    run.getFirst().origin(), run.getFirst().previous(), sink -> copy(run, sink), BackupProgress.NONE));
        }
        return results;
    }

    private List<List<Segment>> runs(List<Path> paths) throws IOException, InterruptedException {
        List<List<Segment>> runs = new ArrayList<>();
        Backups backups = paths.isEmpty() ? null : Backups.list(repository);
        for (Path path : paths) {
            Optional<Segment> segment = inspect(path);
            if (backups == null || segment.isEmpty() || isStored(segment.get(), backups)) {
                continue;
            }
            if (runs.isEmpty() || !runs.getLast().getLast().isContinuedBy(segment.get())) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(segment.get());
        }
        return runs;
    }

    private static boolean isStored(Segment segment, Backups backups) {
        return segment.empty() || backups.of(segment.origin().source()).stream().anyMatch(segment::isIn);
    }

    private static Optional<Segment> inspect(Path path) throws IOException, InterruptedException {
        try (SegmentReader reader = new SegmentReader(path)) {
            SegmentHeader header = reader.header();
            if (header == null) {
                return Optional.empty();
            }
            OpTime end = reader.readAll((buffer, offset, length, at) -> {});
            return Optional.of(
                    new Segment(path, header.origin(), header.previous().toOpTime(), end));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static OpTime copy(List<Segment> run, EntrySink sink) throws IOException, InterruptedException {
        OpTime reached = run.getFirst().previous();
        for (Segment segment : run) {
            try (SegmentReader reader = new SegmentReader(segment.path())) {
                reached = reader.readAll(sink);
            }
        }
        return reached;
    }
}
