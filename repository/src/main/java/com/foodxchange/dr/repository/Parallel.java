package com.foodxchange.dr.repository;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Work that keeps all processors busy. */
final class Parallel {
    static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private Parallel() {}

    /** Work on one item of many. */
    interface Action<T> {
        void run(T item) throws Exception;
    }

    static ExecutorService pool(String name, int threads) {
        ThreadFactory daemons = Thread.ofPlatform().daemon().name(name + "-", 0).factory();
        return Executors.newFixedThreadPool(threads, daemons);
    }

    /** What to throw when {@link #forEach} failed while doing {@code what}. */
    static RepositoryException failure(String what, ExecutionException failure) {
        return switch (failure.getCause()) {
            case RepositoryException cause ->
                new RepositoryException(cause.kind(), String.valueOf(cause.getMessage()), cause.hint(), cause);
            case IOException cause -> RepositoryException.storage(what, cause);
            case null, default -> throw new IllegalStateException(what, failure.getCause());
        };
    }

    /** Waits, interrupted or not, until a pool that was shut down has ended, and tells whether it has. */
    static boolean awaitEnd(ExecutorService pool, Duration patience) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Works on every item; the first failure stops the rest.
     *
     * @throws ExecutionException with the failure as its cause
     */
    static <T> void forEach(Collection<T> items, Action<T> action) throws InterruptedException, ExecutionException {
        if (items.isEmpty()) {
            return;
        }
        ExecutorService pool = pool("load", Math.min(THREADS, items.size()));
        try {
            List<Future<?>> all = new ArrayList<>();
            for (T item : items) {
                all.add(pool.submit(() -> {
                    action.run(item);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
