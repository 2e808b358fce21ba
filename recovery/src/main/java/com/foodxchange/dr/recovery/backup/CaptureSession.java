package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.Topology;
import com.foodxchange.dr.mongo.oplog.OplogFollower;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.FullReason;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.RepositoryException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Following one source, over as many connections as it takes. Used by one thread. */
final class CaptureSession {
    /** How often what was read is made durable: well within the second that is promised. */
    private static final Duration PACE = Duration.ofMillis(250);

    private static final Duration WHILE_LOCKED = Duration.ofSeconds(5);

    private final Repository repository;
    private final InstantSource clock;
    private final CaptureRequest request;
    private final CaptureListener listener;
    private final StopSignal stop;
    private final String source;
    private final Spool spool;
    private final SpoolDrain drain;
    private final Duration patience;
    private @Nullable Origin origin;
    private @Nullable OpTime fullUpTo;
    private int fulls;

    CaptureSession(
            Repository repository,
            InstantSource clock,
            CaptureRequest request,
            CaptureListener listener,
            StopSignal stop,
            String source,
            Spool spool,
            SpoolDrain drain,
            Duration patience) {
        this.repository = repository;
        this.clock = clock;
        this.request = request;
        this.listener = listener;
        this.stop = stop;
        this.source = source;
        this.spool = spool;
        this.drain = drain;
        this.patience = patience;
    }

    /** Returns when the wish to stop is there. */
    void follow(Deployment deployment) throws IOException, InterruptedException {
        requireOplog(deployment.topology());
        Origin current = Origin.of(source, request.databases(), deployment.topology());
        OplogFollower follower = new OplogFollower(deployment, request.databases(), patience, listener::retrying);
        OpTime after = beginning(deployment, current, follower);
        while (!stop.isGiven()) {
            spool.continueAfter(current, after);
            origin = current;
            listener.following(source, after);
            try {
                read(follower);
            } catch (DeploymentException e) {
                after = full(deployment, reason(e), e.getMessage());
            }
        }
    }

    private static void requireOplog(Topology topology) {
        if (topology.kind() == Topology.Kind.STANDALONE) {
            throw new DeploymentException(
                    Kind.UNSUPPORTED,
                    "a standalone server has no oplog that could be followed",
                    "take full backups with 'dr backup', or make it a replica set of one member");
        }
    }

    /** The entry to continue after: what the spool ends with, or the repository, or a new full backup. */
    private OpTime beginning(Deployment deployment, Origin current, OplogFollower follower)
            throws IOException, InterruptedException {
        OpTime spooled = spool.position();
        if (spooled != null && origin != null && origin.sameLine(current)) {
            try {
                stop.interruptibly(() -> {
                    follower.verifyContinues(spooled);
                    return spooled;
                });
                return spooled;
            } catch (DeploymentException e) {
                return full(deployment, reason(e), e.getMessage());
            }
        }
        Continuation found = stop.interruptibly(() -> Continuation.find(Backups.list(repository), current, follower));
        if (found.after() != null) {
            return found.after();
        }
        FullReason reason = Objects.requireNonNull(found.reason());
        String message =
                found.failure() == null ? reason.text() : found.failure().getMessage();
        return full(deployment, reason, String.valueOf(message));
    }

    /** Why the chain ends here; whatever does not end it is thrown on. */
    private static FullReason reason(DeploymentException e) {
        return switch (e.kind()) {
            case OPLOG_GAP -> FullReason.OPLOG_GAP;
            case ROLLBACK -> FullReason.ROLLBACK;
            default -> throw e;
        };
    }

    private OpTime full(Deployment deployment, FullReason reason, @Nullable String message)
            throws IOException, InterruptedException {
        if (reason != FullReason.FIRST) {
            listener.windowClosed(reason, message == null ? reason.text() : message);
        }
        drain.start();
        listener.decided(BackupKind.FULL, reason.text());
        BackupResult result = fullWhenUnlocked(deployment, reason);
        BackupSnapshot snapshot = Objects.requireNonNull(result.snapshot());
        fulls++;
        fullUpTo = snapshot.to();
        listener.stored(result);
        return snapshot.to();
    }

    /** Somebody may just be pruning the repository, which takes a while; anything else is no matter of time. */
    private BackupResult fullWhenUnlocked(Deployment deployment, FullReason reason)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return stop.interruptibly(() -> new FullBackup(repository, deployment, clock)
                        .run(source, request.databases(), reason, listener));
            } catch (RepositoryException e) {
                if (e.kind() != RepositoryException.Kind.LOCKED) {
                    throw e;
                }
                listener.notStored(String.valueOf(e.getMessage()), e.hint());
                stop.pause(WHILE_LOCKED);
            }
        }
    }

    private void read(OplogFollower follower) throws IOException, InterruptedException {
        try (SpoolSync sync = new SpoolSync(spool, PACE)) {
            while (!stop.isGiven()) {
                Instant asked = clock.instant();
                OpTime after = Objects.requireNonNull(spool.position());
                OpTime reached = stop.interruptibly(() -> follower.follow(after, spool, PACE));
                spool.reached(reached);
                spool.force();
                sync.check();
                if (!reached.equals(after)) {
                    listener.durable(reached, asked, spool.entries(), spool.entryBytes());
                }
                drain.tick();
            }
        }
    }

    /** The server is gone: what was read goes where a restore finds it, which may be soon. */
    void lost(DeploymentException failure) {
        listener.serverLost(String.valueOf(failure.getMessage()));
        drain.start();
    }

    CaptureSummary summary(Duration total) {
        OpTime slice = drain.storedUpTo();
        OpTime upTo = slice != null && (fullUpTo == null || fullUpTo.compareTo(slice) < 0) ? slice : fullUpTo;
        return new CaptureSummary(source, upTo, spool.entries(), spool.entryBytes(), drain.slices(), fulls, total);
    }
}
