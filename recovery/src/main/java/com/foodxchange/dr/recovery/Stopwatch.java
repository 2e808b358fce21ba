package com.foodxchange.dr.recovery;

import java.time.Duration;

/** Measures on the monotonic clock. Immutable. */
public final class Stopwatch {
    private final long startedNanos;

    private Stopwatch(long startedNanos) {
        this.startedNanos = startedNanos;
    }

    public static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    /** One that has been running for some time, such as since the process was started. */
    public static Stopwatch startedBefore(Duration elapsed) {
        return new Stopwatch(System.nanoTime() - elapsed.toNanos());
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
