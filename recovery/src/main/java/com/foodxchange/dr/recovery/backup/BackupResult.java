package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Manifest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backup did.
 *
 * @param reason why it is of that kind, as the end of a sentence
 * @param snapshot what it added to the repository; null when there was nothing new since the last one
 * @param manifest what the snapshot says of itself; null when there is none
 * @param total from the start to durably stored, on the monotonic clock
 */
public record BackupResult(
        String source,
        BackupKind kind,
        String reason,
        @Nullable BackupSnapshot snapshot,
        @Nullable Manifest manifest,
        List<Finding> findings,
        Duration total) {
    public BackupResult {
        findings = List.copyOf(findings);
    }
}
