package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.capture.FullCapture.OplogSpan;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSink;
import com.foodxchange.dr.mongo.oplog.OplogFileWriter;
import com.foodxchange.dr.mongo.oplog.OplogFollower;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.BsonTimestamp;

/**
 * Copies the oplog while the collections are read, so that it need not hold the whole time of the scan. Used once, by one
 * thread; {@link #scanEnded} is for another.
 */
final class OplogCopy {
    private static final Duration STEP = Duration.ofMillis(500);

    private final ScanContext context;
    private final StartPoint start;
    private final OplogFollower follower;
    private final CountDownLatch scanEnded = new CountDownLatch(1);
    private final long memberChanges;
    private final Duration patience;

    OplogCopy(ScanContext context, StartPoint start, Set<String> databases, Duration patience) {
        this.context = context;
        this.start = start;
        this.patience = patience;
        this.follower = new OplogFollower(context.deployment(), databases, patience, context.progress()::retrying);
        this.memberChanges = context.deployment().memberChanges();
    }

    /** Every collection has been read: what follows in the oplog need not be copied. */
    void scanEnded() {
        scanEnded.countDown();
    }

    OplogSpan copy(DumpSink sink) throws IOException, InterruptedException {
        try (OplogFileWriter writer =
                new OplogFileWriter(sink.create(DumpLayout.OPLOG).nextPart())) {
            OpTime position = start.inclusive()
                    ? follower.readFrom(start.copyFrom(), writer)
                    : follower.readUpToMajority(start.copyFrom(), writer);
            while (!scanEnded.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                position = follower.follow(position, writer, Duration.ZERO);
                context.progress().oplogRead(position);
            }
            position = readBeyondScan(position, writer);
            context.progress().oplogRead(position);
            return new OplogSpan(start.scanFrom(), writer.first(), position, writer.entries(), writer.bytes());
        }
    }

    /**
     * The majority point of now covers what was read from one member that shows only what a majority has. Otherwise what
     * was read may be newer than what the present member knows to be confirmed.
     */
    private OpTime readBeyondScan(OpTime from, OplogFileWriter writer) throws IOException, InterruptedException {
        boolean covered = context.majorityReads() && context.deployment().memberChanges() == memberChanges;
        BsonTimestamp wanted = new BsonTimestamp(covered ? 0 : context.latestRead());
        long end = System.nanoTime() + patience.toNanos();
        OpTime position = follower.readUpToMajority(from, writer);
        while (position.ts().compareTo(wanted) < 0) {
            if (System.nanoTime() > end) {
                throw new DeploymentException(
                        Kind.FAILED,
                        "a majority of the replica set has not confirmed what was read: it is at " + position,
                        "see with rs.status() which members are down or lag behind, then run the backup again");
            }
            TimeUnit.MILLISECONDS.sleep(50);
            position = follower.readUpToMajority(position, writer);
        }
        return position;
    }
}
