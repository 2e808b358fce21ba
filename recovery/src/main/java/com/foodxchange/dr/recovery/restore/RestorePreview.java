package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.restore.RestorePlan;
import com.foodxchange.dr.recovery.RestorePoint;
import java.util.List;

/** What a recovery would do; nothing is touched. */
public record RestorePreview(RestorePoint point, Reached reached, RestorePlan plan, List<Finding> findings) {
    public RestorePreview {
        findings = List.copyOf(findings);
    }
}
