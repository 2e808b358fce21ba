package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.capture.FullCapture.OplogSpan;
import com.foodxchange.dr.mongo.dump.DumpSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads all collections side by side, and the oplog beside them. The first failure ends it all. Used once.
 */
final class ScanRun {
    /** What came of it: the oplog copied meanwhile, null where there is none. */
    record Outcome(@Nullable OplogSpan oplog, Duration scanTime) {}

    private record Planned(CollectionScan scan, RangePlanner.Size size) {}

    private record Stretch(CollectionScan scan, KeyRange range) {}

    private record Work(Stretch stretch, DumpSink.Part part) {}

    private static final int SHUTDOWN_SECONDS = 10;

    private final ScanContext context;
    private final List<CollectionScan> scans;
    private final RangePlanner planner;
    private final @Nullable OplogCopy oplogCopy;
    private final Queue<Stretch> stretches = new ArrayDeque<>();

    ScanRun(ScanContext context, List<CollectionScan> scans, RangePlanner planner, @Nullable OplogCopy oplogCopy) {
        this.context = context;
        this.scans = scans.stream()
                .filter(scan -> scan.spec().type() != CollectionSpec.Type.VIEW)
                .toList();
        this.planner = planner;
        this.oplogCopy = oplogCopy;
    }

    Outcome run(DumpSink sink, int readers) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("capture-", 0).daemon().factory());
        try {
            return run(sink, readers, new ExecutorCompletionService<>(pool));
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            pool.shutdownNow();
            // A reader that waits for a server which does not answer is left behind: it writes nothing any more.
            pool.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Outcome run(DumpSink sink, int readers, CompletionService<@Nullable OplogSpan> running)
            throws IOException, InterruptedException, ExecutionException {
        // The oplog first: while the scan is planned it may already roll over.
        OplogCopy copy = oplogCopy;
        if (copy != null) {
            running.submit(() -> copy.copy(sink));
        }
        long started = System.nanoTime();
        plan(sink);
        for (int reader = 0; reader < readers; reader++) {
            running.submit(reader());
        }
        // Until the scan has ended the copy goes on, so that whatever ends before is a reader, or a failure.
        for (int ended = 0; ended < readers; ended++) {
            running.take().get();
        }
        Duration scanTime = Duration.ofNanos(System.nanoTime() - started);
        if (copy == null) {
            return new Outcome(null, scanTime);
        }
        copy.scanEnded();
        Future<@Nullable OplogSpan> last = running.take();
        return new Outcome(last.get(), scanTime);
    }

    /** Large collections go first, so that no reader is left with one at the end. */
    private void plan(DumpSink sink) throws IOException, InterruptedException {
        List<Planned> planned = new ArrayList<>();
        long bytes = 0;
        for (CollectionScan scan : scans) {
            RangePlanner.Size size = planner.size(scan);
            planned.add(new Planned(scan, size));
            bytes += size.bytes();
        }
        context.progress().scanStarted(scans.size(), bytes);
        planned.sort(Comparator.comparingLong((Planned one) -> one.size().bytes())
                .reversed()
                .thenComparing(one -> one.scan().namespace()));
        for (Planned one : planned) {
            List<KeyRange> ranges = planner.split(one.scan(), one.size());
            one.scan().begin(sink, ranges.size());
            ranges.forEach(range -> stretches.add(new Stretch(one.scan(), range)));
        }
    }

    private Callable<@Nullable OplogSpan> reader() {
        return () -> {
            for (Work work = next(); work != null; work = next()) {
                read(work);
            }
            return null;
        };
    }

    /** Parts of a file are made in the order of its stretches. */
    private synchronized @Nullable Work next() throws IOException {
        Stretch stretch = stretches.poll();
        return stretch == null ? null : new Work(stretch, stretch.scan().nextPart());
    }

    private void read(Work work) throws IOException, InterruptedException {
        CollectionScan scan = work.stretch().scan();
        ChunkCutter cutter;
        try (DumpSink.Part part = work.part()) {
            cutter = new ChunkCutter(part);
            new StretchReader(context, scan, work.stretch().range(), cutter).read();
            cutter.finish();
        }
        scan.finished(cutter);
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) throws IOException, InterruptedException {
        switch (cause) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        }
    }
}
