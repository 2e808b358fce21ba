package com.foodxchange.dr.recovery.backup;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wish to stop, which interrupts what may be interrupted (waiting for a server, reading a deployment) and nothing else:
 * what was read has to get to the disk and into the repository. Thread-safe.
 */
final class StopSignal {
    private boolean given;
    private @Nullable Thread interruptible;

    /** Something that may be interrupted at any point. */
    @FunctionalInterface
    interface Activity<T> {
        T run() throws IOException, InterruptedException;
    }

    synchronized void give() {
        given = true;
        if (interruptible != null) {
            interruptible.interrupt();
        }
        notifyAll();
    }

    synchronized boolean isGiven() {
        return given;
    }

    /** @throws InterruptedException when the wish comes meanwhile or was there before */
    <T> T interruptibly(Activity<T> activity) throws IOException, InterruptedException {
        synchronized (this) {
            if (given) {
                throw new InterruptedException("stopped");
            }
            interruptible = Thread.currentThread();
        }
        try {
            return activity.run();
        } catch (IOException | RuntimeException e) {
            // An interrupt may come out as the failure of whatever it hit.
            if (isGiven()) {
                InterruptedException stopped = new InterruptedException("stopped");
                stopped.initCause(e);
                throw stopped;
            }
            throw e;
        } finally {
            synchronized (this) {
                interruptible = null;
                if (given) {
                    // The interrupt has done what it was for.
                    Thread.interrupted();
                }
            }
        }
    }

    /** Returns when the time is over or the wish is there. */
    synchronized void pause(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        while (!given) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }
}
