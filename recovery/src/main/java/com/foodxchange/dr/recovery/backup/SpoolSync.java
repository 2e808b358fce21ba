package com.foodxchange.dr.recovery.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes a spool durable again and again, also while its writer waits for a server that does not answer. */
final class SpoolSync implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("dr-sync").daemon().factory());
    private final ScheduledFuture<?> ticking;
    private volatile @Nullable IOException failure;

    SpoolSync(Spool spool, Duration pace) {
        ticking = timer.scheduleWithFixedDelay(
                () -> force(spool), pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void force(Spool spool) {
        try {
            spool.force();
        } catch (IOException e) {
            failure = e;
        }
    }

    /** @throws IOException when the disk failed meanwhile */
    void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw new IOException("what was read could not be made durable in the spool", failed);
        }
    }

    @Override
    public void close() {
        ticking.cancel(false);
        timer.close();
    }
}
