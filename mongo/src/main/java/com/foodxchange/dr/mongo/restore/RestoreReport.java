package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Namespace;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore did, measured on the monotonic clock, and what a person should know about it.
 *
 * @param collections in the order in which they were asked for
 * @param phases the steps with their durations; they add up to {@code total} but for what lies between them
 */
public record RestoreReport(
        List<CollectionResult> collections, List<Finding> findings, List<PhaseDuration> phases, Duration total) {
    /** Whether the target holds what was asked for. */
    public enum Verdict {
        /** What was read back is what was sent, byte for byte; for a view, it was created. */
        IDENTICAL,
        /** It is in place and differs. */
        DIFFERENT,
        /** It is not in place: what was there before is still there. A finding says why. */
        NOT_RESTORED
    }

    /**
     * One collection or view.
     *
     * @param expected what the moment holds; null for views
     * @param readBack what the target holds; null when it was not read
     */
    public record CollectionResult(
            Namespace namespace,
            CollectionSpec.Type type,
            ContentHash.@Nullable Value expected,
            ContentHash.@Nullable Value readBack,
            Timings timings,
            Verdict verdict) {}

    /**
     * How long the parts of a collection's restore took.
     *
     * @param insert from the first document to the last acknowledgement
     * @param verify reading back
     * @param index building secondary indexes, at the same time as reading back
     */
    public record Timings(Duration insert, Duration verify, Duration index) {
        public static final Timings NONE = new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** How long a step took. */
    public record PhaseDuration(RestoreProgress.Phase phase, Duration duration) {}

    public RestoreReport {
        collections = List.copyOf(collections);
        findings = List.copyOf(findings);
        phases = List.copyOf(phases);
    }

    /** Whether the target is what was asked for: every collection identical, and no finding that says otherwise. */
    public boolean complete() {
        return collections.stream().allMatch(result -> result.verdict() == Verdict.IDENTICAL)
                && findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.PROBLEM);
    }

    /** Documents that are in place. */
    public long documents() {
        return collections.stream()
                .mapToLong(result ->
                        result.readBack() == null ? 0 : result.readBack().count())
                .sum();
    }

    /** Bytes of the documents that are in place. */
    public long bytes() {
        return collections.stream()
                .mapToLong(result ->
                        result.readBack() == null ? 0 : result.readBack().bytes())
                .sum();
    }
}
