package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.Patience;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** What all readers of one capture share. Thread-safe. */
final class ScanContext {
    private final Deployment deployment;
    private final Duration patience;
    private final CaptureProgress progress;
    /** Null for a standalone server. */
    private final @Nullable OpTime scanFrom;

    private final AtomicBoolean majorityReads = new AtomicBoolean(true);
    private final AtomicLong latestRead = new AtomicLong();

    ScanContext(Deployment deployment, Duration patience, CaptureProgress progress, @Nullable OpTime scanFrom) {
        this.deployment = deployment;
        this.patience = patience;
        this.progress = progress;
        this.scanFrom = scanFrom;
    }

    Deployment deployment() {
        return deployment;
    }

    CaptureProgress progress() {
        return progress;
    }

    Patience patience(String activity) {
        return new Patience(activity, patience, progress::retrying);
    }

    /**
     * Adds what makes a read see every change up to {@code scanFrom}, on whichever member, and nothing that a rollback
     * could take back.
     */
    BsonDocument withReadConcern(BsonDocument command) {
        OpTime from = scanFrom;
        return from == null
                ? command
                : command.append(
                        "readConcern",
                        new BsonDocument("level", new BsonString(majorityReads.get() ? "majority" : "local"))
                                .append("afterClusterTime", from.ts()));
    }

    boolean majorityReads() {
        return majorityReads.get();
    }

    /** The server runs without majority reads: then the end of the capture waits for a majority instead. */
    void readLocally() {
        majorityReads.set(false);
    }

    void read(long operationTime) {
        latestRead.accumulateAndGet(operationTime, ScanContext::later);
    }

    private static long later(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }

    /** No read saw a change after this moment, as a BSON timestamp's bits; 0 when the server does not tell. */
    long latestRead() {
        return latestRead.get();
    }
}
