package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.restore.RestoreReport;
import com.foodxchange.dr.recovery.RestorePoint;
import java.time.Duration;
import java.util.List;

/**
 * What a recovery brought back and what it cost, measured.
 *
 * @param reached the moment that the target is at
 * @param phases with their durations, in order
 * @param restore what was done to the target
 * @param findings everything that a person should know, of the choice, the merge and the restore
 * @param total from the start of the command, as the given stopwatch measured: the recovery time
 */
public record RecoveryReport(
        RestorePoint point,
        Reached reached,
        List<PhaseDuration> phases,
        RestoreReport restore,
        List<Finding> findings,
        Duration total) {
    /** How long a phase took; its name is a verb: {@code choose}, {@code join}, {@code load} ... */
    public record PhaseDuration(String name, Duration duration) {}

    public RecoveryReport {
        phases = List.copyOf(phases);
        findings = List.copyOf(findings);
    }

    /** Whether the target holds what was asked for, by what was read back from it. */
    public boolean complete() {
        return restore.complete()
                && findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.PROBLEM);
    }
}
