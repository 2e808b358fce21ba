package com.foodxchange.dr.mongo.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work for one purpose: the first failure interrupts all of them and is what the caller gets. Work of a
 * lower rank goes first. Thread-safe.
 */
final class Crew implements AutoCloseable {
    /** How long a thread that was interrupted is waited for; it may be waiting for a server that does not answer. */
    private static final long LONGEST_GOODBYE_SECONDS = 15;

    private final List<ThreadPoolExecutor> lanes = new ArrayList<>();
    private long number;
    private long running;
    private @Nullable Throwable failure;
    private boolean closed;

    /** Something to do. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** A number of threads of their own for one kind of work. */
    final class Lane {
        private final ThreadPoolExecutor threads;

        private Lane(ThreadPoolExecutor threads) {
            this.threads = threads;
        }

        /** Has the work done when a thread is free. Nothing is done any more after a failure. */
        void start(int rank, Work work) {
            synchronized (Crew.this) {
                if (!closed) {
                    running++;
                    threads.execute(new Ranked(rank, number++, () -> carryOut(work)));
                }
            }
        }
    }

    private record Ranked(int rank, long number, Runnable body) implements Runnable, Comparable<Ranked> {
        @Override
        public void run() {
            body.run();
        }

        @Override
        public int compareTo(Ranked other) {
            return rank != other.rank ? Integer.compare(rank, other.rank) : Long.compare(number, other.number);
        }
    }

    @SuppressWarnings("unchecked")
    synchronized Lane lane(String name, int threads) {
        BlockingQueue<?> queue = new PriorityBlockingQueue<Ranked>();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, (BlockingQueue<Runnable>) queue, body -> {
                    Thread thread = new Thread(body, "restore-" + name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        lanes.add(executor);
        return new Lane(executor);
    }

    private void carryOut(Work work) {
        Throwable thrown = null;
        try {
            work.run();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            thrown = e;
        }
        boolean first = false;
        synchronized (this) {
            running--;
            if (thrown != null && failure == null && !closed) {
                failure = thrown;
                closed = true;
                first = true;
            }
            notifyAll();
        }
        if (first) {
            stop();
        }
    }

    /**
     * Waits until everything that was started is done.
     *
     * @throws IOException or what else the first failure was
     */
    synchronized void join() throws IOException, InterruptedException {
        while (running > 0 && failure == null) {
            wait();
        }
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case InterruptedException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private synchronized void stop() {
        lanes.forEach(ThreadPoolExecutor::shutdownNow);
    }

    /** Interrupts what is still running and waits for its end, unless the caller is interrupted too. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        stop();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_GOODBYE_SECONDS);
        try {
            for (ThreadPoolExecutor lane : lanes) {
                if (!lane.awaitTermination(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
