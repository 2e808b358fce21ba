package com.foodxchange.dr.cli.demo;

import java.time.Duration;

/**
 * How large a demonstration is.
 *
 * @param scale 1 is 56,000 documents
 * @param changesPerSecond of the marketplace at work
 * @param follow how long the oplog is followed before the disaster
 * @param every how often what was followed goes into the repository
 * @param unnoticed how long the marketplace goes on after the disaster
 */
public record DemoSettings(double scale, int changesPerSecond, Duration follow, Duration every, Duration unnoticed) {
    public static final DemoSettings STANDARD =
            new DemoSettings(1, 250, Duration.ofSeconds(9), Duration.ofSeconds(2), Duration.ofMillis(800));

    /** For those in a hurry, such as tests. */
    public static final DemoSettings BRIEF =
            new DemoSettings(1, 250, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(200));

    public DemoSettings withScale(double other) {
        return new DemoSettings(other, changesPerSecond, follow, every, unnoticed);
    }
}
