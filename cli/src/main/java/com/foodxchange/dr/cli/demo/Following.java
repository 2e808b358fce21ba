package com.foodxchange.dr.cli.demo;

import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.recovery.backup.CaptureListener;
import com.foodxchange.dr.recovery.backup.CaptureLoop;
import com.foodxchange.dr.recovery.backup.CaptureSummary;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** The capture loop on a thread of its own. */
final class Following implements AutoCloseable {
    private final CaptureLoop loop;
    private final FutureTask<CaptureSummary> work;

    /** Counts what came into the repository. */
    static final class Stored implements CaptureListener {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void stored(BackupResult result) {
            if (result.snapshot() != null) {
                count.incrementAndGet();
            }
        }

        int count() {
            return count.get();
        }
    }

    Following(CaptureLoop loop) {
        this.loop = loop;
        work = new FutureTask<>(loop::run);
        Thread.ofPlatform().daemon().name("capture").start(work);
    }

    boolean ended() {
        return work.isDone();
    }

    /** Ends in order and tells what was followed. */
    CaptureSummary stop() throws IOException, InterruptedException {
        loop.stop();
        try {
            return work.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Cuts it off, unless it ended before. */
    @Override
    public void close() {
        work.cancel(true);
    }
}
