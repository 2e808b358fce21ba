package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Meter;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.recovery.restore.RecoveryProgress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Adds up what a restore or an export tells about its progress. Thread-safe. */
final class RestoreMeter implements RecoveryProgress {
    private final LongAdder documents = new LongAdder();
    private final LongAdder inserted = new LongAdder();
    private final LongAdder verified = new LongAdder();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile String phase = "choose";
    private volatile int collections;
    private volatile long expected;
    private volatile long oplogRead;
    private volatile long oplogExpected;

    @Override
    public void oplogRead(long bytes, long expectedBytes) {
        phase = "join";
        oplogRead = bytes;
        oplogExpected = expectedBytes;
    }

    @Override
    public void joined(int count, long expectedBytes) {
        collections = count;
        expected = expectedBytes;
    }

    @Override
    public void phase(Phase next) {
        phase = next.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void inserted(Namespace namespace, long moreDocuments, long bytes) {
        documents.add(moreDocuments);
        inserted.add(bytes);
    }

    @Override
    public void verified(Namespace namespace, long moreDocuments, long bytes) {
        verified.add(bytes);
    }

    @Override
    public void finished(Namespace namespace) {
        finished.incrementAndGet();
    }

    @Override
    public void exported(String namespace) {
        phase = "export";
        finished.incrementAndGet();
    }

    Meter.Sample sample() {
        String current = phase;
        if (current.equals("join")) {
            return new Meter.Sample(current, 0, oplogRead, oplogExpected, "");
        }
        // every byte is sent and read back: both count, or the last half would show no progress
        long done = inserted.sum() + verified.sum();
        String detail = collections == 0 ? "" : finished + " of " + collections + " collections";
        return new Meter.Sample(current, documents.sum(), done, done == 0 ? 0 : 2 * expected, detail);
    }
}
