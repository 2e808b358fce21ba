package com.foodxchange.dr.cli.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long something took.
 *
 * @param bytes of documents that went through; 0 when it did not run
 * @param against what it is compared with; null for a limit that others are compared with
 * @param note why it did not run, or what it includes; may be empty
 */
public record Measurement(
        String name, Duration took, long bytes, @Nullable Measurement against, String note) {
    /** Something that could not be measured here. */
    static Measurement skipped(String name, String why) {
        return new Measurement(name, Duration.ZERO, 0, null, why);
    }

    public boolean ran() {
        return bytes > 0;
    }

    public double bytesPerSecond() {
        return ran() ? bytes / (took.toNanos() / 1e9) : Double.NaN;
    }

    /** How many times as long as what it is compared with; NaN when there is nothing. */
    public double ratio() {
        return against == null || !ran() ? Double.NaN : (double) took.toNanos() / against.took.toNanos();
    }
}
