package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.recovery.RestorePoint;
import com.foodxchange.dr.recovery.restore.Reached;
import java.time.Instant;

/** How a moment that was reached and the way to it are shown. */
final class Reports {
    private Reports() {}

    static String moment(Reached reached) {
        if (reached.entry() == null) {
            return "the end of the backup, " + Units.time(reached.completeUntil());
        }
        long seconds = Integer.toUnsignedLong(reached.entry().getTime());
        String entry = seconds + "," + Integer.toUnsignedString(reached.entry().getInc());
        return Units.time(Instant.ofEpochSecond(seconds)) + " (" + entry + ")";
    }

    static Json json(Reached reached) {
        return Json.object()
                .put("entry", Shapes.json(reached.entry()))
                .put("written", reached.written())
                .put("completeUntil", reached.completeUntil())
                .put("dataLossSeconds", reached.dataLoss())
                .put("entries", reached.entries());
    }

    static Json json(RestorePoint point) {
        return Json.object()
                .put("source", point.source())
                .put("moment", point.moment().toString())
                .put("full", point.full().snapshot().id())
                .put(
                        "slices",
                        point.slices().stream()
                                .map(slice -> slice.snapshot().id())
                                .toList());
    }
}
