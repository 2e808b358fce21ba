package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.recovery.FullReason;
import com.foodxchange.dr.recovery.Lab;
import com.foodxchange.dr.recovery.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A loop in a thread of its own, and what it told. */
final class Following implements CaptureListener, AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    final CaptureLoop loop;
    private final FutureTask<CaptureSummary> running;
    private final List<BackupResult> stored = new ArrayList<>();
    private final List<BackupResult> recovered = new ArrayList<>();
    private final List<FullReason> closed = new ArrayList<>();
    private final List<String> notStored = new ArrayList<>();
    private @Nullable OpTime durable;
    private int lost;
    private int back;
    private int begun;

    Following(Lab lab, Path state, Duration every) {
        this(lab, state, every, () -> Deployment.connect(lab.sandbox.uri() + "&serverSelectionTimeoutMS=1000"));
    }

    Following(Lab lab, Path state, Duration every, CaptureLoop.Connector connector) {
        loop = new CaptureLoop(
                lab.repository,
                connector,
                InstantSource.system(),
                new CaptureRequest("orders", Set.of(), every, state),
                this,
                Duration.ofSeconds(1));
        running = new FutureTask<>(loop::run);
        Thread.ofPlatform().name("following").start(running);
    }

    /** Waits until that is so; a loop that ends before it is a failure. */
    synchronized void await(BooleanSupplier condition) throws InterruptedException, ExecutionException {
        Stopwatch stopwatch = Stopwatch.start();
        while (!condition.getAsBoolean()) {
            if (running.isDone()) {
                throw new IllegalStateException("it ended: " + running.get());
            }
            if (stopwatch.elapsed().compareTo(LONGEST) > 0) {
                throw new IllegalStateException("nothing of the kind for " + LONGEST + ": " + this);
            }
            wait(100);
        }
    }

    /** Waits until everything written so far is durable on this machine. */
    void awaitDurable(OpTime at) throws InterruptedException, ExecutionException {
        await(() -> durable != null && durable.compareTo(at) >= 0);
    }

    /** Ends cleanly. */
    CaptureSummary stop() throws InterruptedException, ExecutionException {
        loop.stop();
        return running.get();
    }

    /** What made it end. */
    Throwable failure() throws InterruptedException {
        try {
            throw new IllegalStateException("it did not fail: " + running.get());
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    @Override
    public synchronized void following(String source, OpTime after) {
        begun++;
        durable = durable == null || durable.compareTo(after) < 0 ? after : durable;
        notifyAll();
    }

    @Override
    public synchronized void durable(OpTime upTo, Instant read, long entries, long bytes) {
        durable = upTo;
        notifyAll();
    }

    @Override
    public synchronized void stored(BackupResult result) {
        stored.add(result);
        notifyAll();
    }

    @Override
    public synchronized void notStored(String message, String hint) {
        notStored.add(message);
        notifyAll();
    }

    @Override
    public synchronized void recovered(BackupResult result) {
        recovered.add(result);
        notifyAll();
    }

    @Override
    public synchronized void windowClosed(FullReason reason, String message) {
        closed.add(reason);
        notifyAll();
    }

    @Override
    public synchronized void serverLost(String message) {
        lost++;
        notifyAll();
    }

    @Override
    public synchronized void serverBack() {
        back++;
        notifyAll();
    }

    synchronized int begun() {
        return begun;
    }

    synchronized int lost() {
        return lost;
    }

    synchronized int back() {
        return back;
    }

    synchronized List<BackupResult> stored() {
        return List.copyOf(stored);
    }

    synchronized List<BackupResult> recovered() {
        return List.copyOf(recovered);
    }

    synchronized List<FullReason> closed() {
        return List.copyOf(closed);
    }

    synchronized List<String> notStored() {
        return List.copyOf(notStored);
    }

    @Override
    public synchronized String toString() {
        return "following " + begun + ", durable " + durable + ", stored " + stored.size() + ", not " + notStored
                + ", lost " + lost + ", back " + back + ", closed " + closed;
    }

    @Override
    public void close() {
        loop.stop();
        try {
            running.get();
        } catch (ExecutionException e) {
            // the test has looked at it, or failed before
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
