package com.foodxchange.dr.recovery.restore;

import java.time.Duration;
import java.time.Instant;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The moment that a recovery reached.
 *
 * @param entry the last oplog entry in it; null for a standalone server
 * @param written when the server wrote that entry, by its own clock; null when it does not say
 * @param completeUntil nothing that happened before this instant is missing
 * @param dataLoss from there to the disaster: what was lost, the recovery point measured; zero when the moment is later
 * @param entries how many oplog entries were joined with the full backup
 */
public record Reached(
        @Nullable BsonTimestamp entry,
        @Nullable Instant written,
        Instant completeUntil,
        Duration dataLoss,
        long entries) {}
