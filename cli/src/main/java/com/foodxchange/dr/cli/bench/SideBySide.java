package com.foodxchange.dr.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same to several things on a few threads. */
final class SideBySide {
    private static final int THREADS = 4;

    private SideBySide() {}

    @FunctionalInterface
    interface Work<T> {
        void on(T thing) throws Exception;
    }

    /** Returns when all is done; the first failure ends it. */
    static <T> void run(List<T> things, Work<T> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (T thing : things) {
                running.add(threads.submit(() -> {
                    work.on(thing);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
