package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.recovery.RestorePoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What an export wrote; {@code collections} in their order, without views. */
public record ExportReport(
        RestorePoint point,
        Reached reached,
        Map<Namespace, ContentHash.Value> collections,
        List<Finding> findings,
        Duration total) {
    public ExportReport {
        findings = List.copyOf(findings);
    }
}
