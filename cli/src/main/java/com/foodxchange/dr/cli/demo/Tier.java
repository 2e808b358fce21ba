package com.foodxchange.dr.cli.demo;

import java.time.Duration;

/** How soon something has to be back, and how much of it may be lost: section 1 of the disaster recovery plan. */
public enum Tier {
    CRITICAL(Duration.ofMinutes(15), Duration.ofMinutes(30)),
    HIGH(Duration.ofHours(1), Duration.ofHours(1)),
    MEDIUM(Duration.ofHours(4), Duration.ofHours(4));

    private final Duration rpo;
    private final Duration rto;

    Tier(Duration rpo, Duration rto) {
        this.rpo = rpo;
        this.rto = rto;
    }

    /** The recovery point objective: so much of the newest work may be lost. */
    public Duration rpo() {
        return rpo;
    }

    /** The recovery time objective: so long may it take until the system works again. */
    public Duration rto() {
        return rto;
    }
}
