package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.CheckFinding.Hit;
import com.foodxchange.dr.repository.CheckFinding.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * What a check found, and how much it looked at.
 *
 * @param findings problems first
 * @param snapshots how many could be read
 * @param blobs how many places of blobs the index knows
 * @param bytes the length of all packs
 * @param packsRead how many packs were read wholly
 * @param bytesRead their length
 */
public record CheckReport(
        List<CheckFinding> findings,
        int snapshots,
        int indexFiles,
        int packs,
        long blobs,
        long bytes,
        long packsRead,
        long bytesRead) {
    public CheckReport {
        findings = findings.stream()
                .sorted(Comparator.comparing(CheckFinding::severity)
                        .reversed()
                        .thenComparing(CheckFinding::file)
                        .thenComparing(CheckFinding::message))
                .toList();
    }

    /** Whether there are no problems. */
    public boolean clean() {
        return problems().isEmpty();
    }

    /** Findings that are problems. */
    public List<CheckFinding> problems() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.PROBLEM)
                .toList();
    }

    /** Every snapshot that is hit by a problem, oldest first. */
    public List<Snapshot> hitSnapshots() {
        return problems().stream()
                .flatMap(finding -> finding.hits().stream())
                .map(Hit::snapshot)
                .distinct()
                .sorted(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id))
                .toList();
    }
}
