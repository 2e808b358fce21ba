package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Meter;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.backup.BackupProgress;
import com.foodxchange.dr.repository.WriteStatistics;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Adds up what a backup tells about its progress. Thread-safe. */
final class BackupMeter implements BackupProgress {
    private final LongAdder documents = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile String phase = "looking";
    private volatile int collections;
    private volatile long expected;
    private volatile String trouble = "";
    private volatile @Nullable Supplier<WriteStatistics> statistics;

    @Override
    public void decided(BackupKind kind, String reason) {
        phase = kind.label() + " backup";
    }

    @Override
    public void writing(Supplier<WriteStatistics> figures) {
        statistics = figures;
    }

    @Override
    public void scanStarted(int count, long expectedBytes) {
        collections = count;
        expected = expectedBytes;
    }

    @Override
    public void read(Namespace namespace, long moreDocuments, long moreBytes) {
        documents.add(moreDocuments);
        bytes.add(moreBytes);
        trouble = "";
    }

    @Override
    public void collectionFinished(Namespace namespace) {
        finished.incrementAndGet();
    }

    @Override
    public void oplogRead(OpTime upTo) {
        trouble = "";
    }

    @Override
    public void retrying(String reason) {
        trouble = reason;
    }

    Meter.Sample sample() {
        return new Meter.Sample(phase, documents.sum(), bytes.sum(), expected, detail());
    }

    private String detail() {
        if (!trouble.isEmpty()) {
            return "waiting: " + trouble;
        }
        Supplier<WriteStatistics> figures = statistics;
        String stored =
                figures == null ? "" : "stored " + Units.bytes(figures.get().bytesStored());
        return collections == 0 ? stored : finished + " of " + collections + " collections  " + stored;
    }
}
