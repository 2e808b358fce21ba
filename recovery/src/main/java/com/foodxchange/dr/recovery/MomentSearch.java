package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Finding.Severity;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.RecoveryException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** Finds the way to a moment among the windows of a source, or the moments nearest to it. */
final class MomentSearch {
    private final Timeline timeline;

    MomentSearch(Timeline timeline) {
        this.timeline = timeline;
    }

    RestorePoint find(Moment moment) {
        BsonTimestamp limit = moment.limit();
        Optional<Candidate> best = limit == null
                // After a rollback the dead history may reach farther than the living one, so the last backup decides.
                ? candidates().max(Comparator.comparing(Candidate::taken).thenComparing(Candidate::start))
                : candidates()
                        .filter(candidate -> candidate.holds(limit))
                        .max(Comparator.comparing(Candidate::start).thenComparing(Candidate::taken));
        return best.map(candidate -> candidate.point(timeline.source(), moment, limit))
                .orElseThrow(() -> outside(moment, limit));
    }

    private Stream<Candidate> candidates() {
        return timeline.windows().stream()
                .flatMap(window ->
                        window.fulls().stream().map(full -> new Candidate(window, Chain.from(full, window.slices()))));
    }

    /** A way that begins with one full backup. */
    private record Candidate(Window window, Chain chain) {
        OpTime start() {
            return chain.full().to();
        }

        Instant taken() {
            Instant full = chain.full().snapshot().time();
            return chain.slices().stream()
                    .map(slice -> slice.snapshot().time())
                    .reduce(full, (one, other) -> one.isAfter(other) ? one : other);
        }

        /** A second that the window ends in is held, as far as it goes. */
        boolean holds(BsonTimestamp limit) {
            return start().ts().compareTo(limit) <= 0 && limit.compareTo(end(limit)) <= 0;
        }

        private BsonTimestamp end(BsonTimestamp limit) {
            BsonTimestamp end = chain.end().ts();
            return limit.getInc() == -1 && limit.getTime() == end.getTime() ? limit : end;
        }

        RestorePoint point(String source, Moment moment, @Nullable BsonTimestamp limit) {
            List<BackupSnapshot> needed = new ArrayList<>();
            OpTime reached = start();
            for (BackupSnapshot slice : chain.slices()) {
                if (limit != null && reached.ts().compareTo(limit) >= 0) {
                    break;
                }
                needed.add(slice);
                reached = slice.to();
            }
            return new RestorePoint(source, moment, window, chain.full(), needed, limit, notes(limit));
        }

        private List<Finding> notes(@Nullable BsonTimestamp limit) {
            List<Finding> notes = new ArrayList<>();
            if (!window.ofOneMoment()) {
                notes.add(
                        new Finding(
                                Severity.NOTE,
                                "standalone",
                                "the backup of a standalone server is not of one moment: writes during it may be in it or not"));
            } else if (limit != null && limit.compareTo(chain.end().ts()) > 0) {
                notes.add(new Finding(
                        Severity.NOTE,
                        "moment",
                        "the backups end within this second, at " + chain.end()
                                + ": later entries of it are not there"));
            }
            return notes;
        }
    }

    private RecoveryException outside(Moment moment, @Nullable BsonTimestamp limit) {
        if (timeline.windows().isEmpty() || limit == null) {
            return new RecoveryException(
                    Kind.OUTSIDE_WINDOW,
                    "there is no full backup of '" + timeline.source() + "' that anything could be restored from",
                    "take one with 'dr backup --kind full'");
        }
        List<String> nearest = new ArrayList<>();
        timeline.windows().stream()
                .map(Window::to)
                .filter(to -> to.ts().compareTo(limit) < 0)
                .max(Comparator.naturalOrder())
                .ifPresent(to -> nearest.add(describe(to) + " before it"));
        timeline.windows().stream()
                .map(Window::from)
                .filter(from -> from.ts().compareTo(limit) > 0)
                .min(Comparator.naturalOrder())
                .ifPresent(from -> nearest.add(describe(from) + " after it"));
        return new RecoveryException(
                Kind.OUTSIDE_WINDOW,
                "no backup of '" + timeline.source() + "' reaches the moment " + moment,
                "nearest that can be restored: " + String.join(", and ", nearest)
                        + "; 'dr window' lists all, and why there are gaps");
    }

    private static String describe(OpTime moment) {
        return moment + " (" + Instant.ofEpochSecond(moment.seconds()) + ")";
    }
}
