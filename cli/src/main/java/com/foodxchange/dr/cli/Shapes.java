package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.BackupSnapshot;
import java.time.Instant;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** How values of the modules below are shown, the same in every command. */
final class Shapes {
    private Shapes() {}

    static Instant instant(OpTime time) {
        return Instant.ofEpochSecond(time.seconds());
    }

    /** {@code 2026-11-24T13:05:12Z (1795611912,3)}: both forms can be given to {@code --at}. */
    static String moment(@Nullable OpTime time) {
        return time == null ? "-" : Units.time(instant(time)) + " (" + time + ")";
    }

    static String shortId(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }

    static @Nullable Json json(@Nullable OpTime time) {
        return time == null
                ? null
                : Json.object()
                        .put("time", instant(time))
                        .put("t", time.seconds())
                        .put("i", Integer.toUnsignedLong(time.ordinal()))
                        .put("term", time.term());
    }

    static @Nullable Json json(@Nullable BsonTimestamp entry) {
        return entry == null
                ? null
                : Json.object()
                        .put("time", Instant.ofEpochSecond(Integer.toUnsignedLong(entry.getTime())))
                        .put("t", Integer.toUnsignedLong(entry.getTime()))
                        .put("i", Integer.toUnsignedLong(entry.getInc()));
    }

    static @Nullable Json json(ContentHash.@Nullable Value content) {
        return content == null
                ? null
                : Json.object()
                        .put("documents", content.count())
                        .put("bytes", content.bytes())
                        .put("hash", content.hash());
    }

    static Json json(Finding finding) {
        return Json.object()
                .put("severity", finding.severity().name())
                .put("subject", finding.subject())
                .put("message", finding.message());
    }

    static Json json(BackupSnapshot backup) {
        return Json.object()
                .put("id", backup.snapshot().id())
                .put("time", backup.snapshot().time())
                .put("source", backup.source())
                .put("kind", backup.kind().label())
                .put("reason", backup.reason() == null ? null : backup.reason().label())
                .put("set", backup.set())
                .put("databases", backup.databases())
                .put("from", json(backup.from()))
                .put("to", json(backup.to()))
                .put("previous", json(backup.previous()))
                .put("hostname", backup.snapshot().hostname());
    }
}
