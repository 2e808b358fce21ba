package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.capture.Deployment;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Follows the oplog of a deployment until it is stopped. What it has read is durable in a spool on this machine within a
 * second, and goes into the repository at every interval, when the server is lost, and at a clean stop. After a crash the
 * next one begins with what lies in the spool.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class CaptureLoop {
    private final Repository repository;
    private final Connector connector;
    private final InstantSource clock;
    private final CaptureRequest request;
    private final CaptureListener listener;

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
        this.repository = repository;
        this.connector = connector;
        this.clock = clock;
        this.request = request;
        this.listener = listener;
    }

    /**
     * Follows until {@link #stop} is called. A server that goes away is waited for without end, but at the start it has
     * to be there.
     *
     * @throws com.foodxchange.dr.recovery.RecoveryException BUSY when the source is followed already
     * @throws com.foodxchange.dr.mongo.DeploymentException when the server refuses what following needs
     * @throws com.foodxchange.dr.repository.RepositoryException when what was read could not be put into the repository at
     *     the end; it is in the spool
     */
    public CaptureSummary run() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Asks for a clean end; {@link #run} returns when everything read is in the repository. Any thread may call it. */
    public void stop() {
        throw new UnsupportedOperationException();
    }

    /** Puts what was read so far into the repository now; returns when it is there or could not be put. */
    public void storeNow() throws InterruptedException {
        throw new UnsupportedOperationException();
    }
}
