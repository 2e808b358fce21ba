package com.foodxchange.dr.mongo.oplog;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.capture.Deployment;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Reads the oplog without a gap, never past the majority point, whatever elections happen meanwhile. Thread-safe, since
 * it remembers nothing: the caller passes where the last read ended.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable", "ObjectToString"})
public final class OplogFollower {
    private final Deployment deployment;
    private final Set<String> databases;
    private final Duration patience;

    /**
     * @param databases whose entries are wanted, empty: all; no-ops, transactions and other entries of {@code admin.$cmd}
     *     are always delivered
     * @param patience how long a server that went away is waited for
     */
    public OplogFollower(Deployment deployment, Set<String> databases, Duration patience) {
        this.deployment = deployment;
        this.databases = Set.copyOf(databases);
        this.patience = patience;
    }

    /**
     * Makes sure that the oplog still holds exactly this entry, so that reading can go on after it.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException of kind OPLOG_GAP when it has rolled over, ROLLBACK when the
     *     replica set has another history
     */
    public void verifyContinues(OpTime last) throws InterruptedException {
        throw new UnsupportedOperationException(deployment + " " + databases + patience + last);
    }

    /**
     * Delivers the entries after {@code after} up to the majority point of now.
     *
     * @return the last entry read, whether it was delivered or not; {@code after} when there was none
     */
    public OpTime readUpToMajority(OpTime after, EntrySink sink) throws IOException, InterruptedException {
        throw new UnsupportedOperationException(after + "" + sink);
    }

    /** Like {@link #readUpToMajority}, the first entry included. */
    public OpTime readFrom(OpTime first, EntrySink sink) throws IOException, InterruptedException {
        throw new UnsupportedOperationException(first + "" + sink);
    }

    /**
     * Delivers the entries after {@code after} as a majority gets them, within about a fifth of a second, and returns
     * when {@code howLong} is over: what the sink keeps can be made durable then, before the next call goes on.
     *
     * @return the last entry read, whether it was delivered or not; {@code after} when there was none
     */
    public OpTime follow(OpTime after, EntrySink sink, Duration howLong) throws IOException, InterruptedException {
        throw new UnsupportedOperationException(after + "" + sink + howLong);
    }
}
