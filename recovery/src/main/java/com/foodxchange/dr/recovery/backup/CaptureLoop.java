package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Follows the oplog of a deployment until it is stopped. What it has read is durable in a spool on this machine within a
 * second, and goes into the repository at every interval, when the server is lost, and at a clean stop. After a crash the
 * next one begins with what lies in the spool.
 */
public final class CaptureLoop {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    /** An election takes some 10 s; a server that needs longer is told of as lost, and connected to anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Repository repository;
    private final Connector connector;
    private final InstantSource clock;
    private final CaptureRequest request;
    private final CaptureListener listener;
    private final Duration patience;
    private final StopSignal stop = new StopSignal();
    private volatile @Nullable SpoolDrain drain;

    /** Connects to the deployment; called again whenever the connection is lost for long. */
    @FunctionalInterface
    public interface Connector {
        Deployment connect() throws InterruptedException;
    }

    public CaptureLoop(
            Repository repository,
            Connector connector,
            InstantSource clock,
            CaptureRequest request,
            CaptureListener listener) {
        this(repository, connector, clock, request, listener, PATIENCE);
    }

    CaptureLoop(
            Repository repository,
            Connector connector,
            InstantSource clock,
            CaptureRequest request,
            CaptureListener listener,
            Duration patience) {
        this.repository = repository;
        this.connector = connector;
        this.clock = clock;
        this.request = request;
        this.listener = listener;
        this.patience = patience;
    }

    /**
     * Follows until {@link #stop} is called. A server that goes away is waited for without end, but at the start it has
     * to be there. Called once.
     *
     * @throws com.foodxchange.dr.recovery.RecoveryException BUSY when the source is followed already
     * @throws DeploymentException when the server refuses what following needs
     * @throws com.foodxchange.dr.repository.RepositoryException when what was read could not be put into the repository at
     *     the end; it is in the spool
     * @throws IOException when the spool cannot be written
     */
    public CaptureSummary run() throws IOException, InterruptedException {
        Stopwatch stopwatch = Stopwatch.start();
        // First of all: what an earlier process has read and could not store is all there is of it if the server is
        // gone.
        new SpoolRecovery(repository, clock).runAbandoned(request.stateFolder()).forEach(listener::recovered);
        Deployment deployment = stop.interruptibly(connector::connect);
        String source = Sources.name(request.source(), deployment.topology());
        SpoolFolder folder = SpoolFolder.of(request.stateFolder(), repository.id(), source);
        SpoolStore store = new SpoolStore(repository, new SliceWriter(repository, clock));
        try (Spool spool = new Spool(folder);
                SpoolDrain filling = new SpoolDrain(spool, store, listener, request.every())) {
            drain = filling;
            CaptureSession session =
                    new CaptureSession(repository, clock, request, listener, stop, source, spool, filling, patience);
            followAndFinish(session, deployment, filling);
            return session.summary(stopwatch.elapsed());
        } catch (RuntimeException | IOException e) {
            deployment.close();
            throw e;
        } finally {
            drain = null;
        }
    }

    private void followAndFinish(CaptureSession session, Deployment first, SpoolDrain filling)
            throws IOException, InterruptedException {
        try {
            follow(session, first);
        } catch (InterruptedException e) {
            filling.finish();
            if (!stop.isGiven()) {
                throw e;
            }
            return;
        } catch (RuntimeException | IOException e) {
            // The reason why it ends is more important than what comes of storing.
            filling.storeNow();
            throw e;
        }
        filling.finish();
    }

    private void follow(CaptureSession session, Deployment first) throws IOException, InterruptedException {
        Deployment deployment = first;
        while (!stop.isGiven()) {
            try (Deployment current = deployment) {
                session.follow(current);
                return;
            } catch (DeploymentException e) {
                if (e.kind() != Kind.UNREACHABLE) {
                    throw e;
                }
                session.lost(e);
            }
            deployment = reconnect();
        }
    }

    private Deployment reconnect() throws IOException, InterruptedException {
        while (true) {
            stop.pause(BETWEEN_ATTEMPTS);
            try {
                Deployment deployment = stop.interruptibly(connector::connect);
                listener.serverBack();
                return deployment;
            } catch (DeploymentException e) {
                if (e.kind() != Kind.UNREACHABLE) {
                    throw e;
                }
                listener.serverLost(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Asks for a clean end; {@link #run} returns when everything read is in the repository. Any thread may call it. */
    public void stop() {
        stop.give();
    }

    /** Puts what was read so far into the repository now; returns when it is there or could not be put. */
    public void storeNow() throws InterruptedException {
        SpoolDrain filling = drain;
        if (filling != null) {
            filling.storeNow();
        }
    }
}
