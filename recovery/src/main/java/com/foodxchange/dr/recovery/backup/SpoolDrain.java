package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.repository.RepositoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Puts a spool into the repository in the background while more is read into it. A segment is deleted when the slice that
 * holds it is durable, and not before: what fails stays and is tried again. Thread-safe.
 */
final class SpoolDrain implements AutoCloseable {
    /** A spool that grows faster is put into the repository earlier. */
    private static final long FULL = 512L << 20;

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Spool spool;
    private final SpoolStore store;
    private final CaptureListener listener;
    private final Duration every;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("dr-spool").daemon().factory());
    private final AtomicInteger slices = new AtomicInteger();
    private volatile @Nullable OpTime storedUpTo;
    private volatile boolean failed;
    private @Nullable Future<?> running;
    private long startedNanos = System.nanoTime();

    SpoolDrain(Spool spool, SpoolStore store, CaptureListener listener, Duration every) {
        this.spool = spool;
        this.store = store;
        this.listener = listener;
        this.every = every;
    }

    /** Starts when it is time. */
    void tick() {
        long elapsed = System.nanoTime() - startedNanos;
        Duration due = failed && RETRY.compareTo(every) < 0 ? RETRY : every;
        if (elapsed >= due.toNanos() || (spool.currentBytes() >= FULL && !failed)) {
            start();
        }
    }

    /** Starts in the background, unless it is under way. */
    void start() {
        // Whoever does not wait hears of a failure from the listener.
        Future<?> unused = begin();
    }

    private synchronized Future<?> begin() {
        if (running != null && !running.isDone()) {
            return running;
        }
        startedNanos = System.nanoTime();
        running = worker.submit(() -> {
            try {
                storeAll();
            } catch (RepositoryException e) {
                notStored(e, e.hint());
            } catch (RecoveryException e) {
                notStored(e, e.hint());
            } catch (IOException | RuntimeException e) {
                notStored(e, "it is tried again; check the disks of the spool and of the repository");
            }
            return null;
        });
        return running;
    }

    private void notStored(Exception failure, String hint) {
        failed = true;
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        listener.notStored(message, hint);
    }

    private void storeAll() throws IOException, InterruptedException {
        List<Path> segments = spool.rotate();
        for (BackupResult result : store.store(segments)) {
            BackupSnapshot snapshot = result.snapshot();
            if (snapshot != null) {
                slices.incrementAndGet();
                storedUpTo = snapshot.to();
            }
            listener.stored(result);
        }
        Spool.delete(segments);
        failed = false;
    }

    /** Stores what is there now; returns when it is stored or could not be. */
    void storeNow() throws InterruptedException {
        try {
            // What is under way may have begun before the last entries were there.
            begin().get();
            begin().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Stores everything. Called when nothing more is appended.
     *
     * @throws RepositoryException when it could not be done
     */
    void finish() throws IOException, InterruptedException {
        Future<?> last = worker.submit(() -> {
            storeAll();
            return null;
        });
        try {
            last.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case IOException cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    int slices() {
        return slices.get();
    }

    @Nullable
    OpTime storedUpTo() {
        return storedUpTo;
    }

    /** Waits for what is under way; interrupting it would only make it start again. */
    @Override
    public void close() {
        worker.close();
    }
}
