package com.foodxchange.dr.repository;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Reads the summary in a snapshot; what it lacks is zero. */
final class SummaryReader {
    private Instant start = Instant.EPOCH;
    private Instant end = Instant.EPOCH;
    private final Map<String, Long> numbers = new HashMap<>();

    private SummaryReader() {}

    static SnapshotSummary read(JsonReader json) throws FormatException {
        SummaryReader summary = new SummaryReader();
        json.object(member -> summary.member(member, json));
        return new SnapshotSummary(
                summary.start,
                summary.end,
                summary.number("files_new"),
                summary.number("files_changed"),
                summary.number("files_unmodified"),
                summary.number("dirs_new"),
                summary.number("dirs_changed"),
                summary.number("dirs_unmodified"),
                summary.number("data_blobs"),
                summary.number("tree_blobs"),
                summary.number("data_added"),
                summary.number("data_added_packed"),
                summary.number("total_files_processed"),
                summary.number("total_bytes_processed"));
    }

    private void member(String name, JsonReader json) throws FormatException {
        switch (name) {
            case "backup_start" -> start = GoTime.parse(json.string());
            case "backup_end" -> end = GoTime.parse(json.string());
            default -> {
                if (json.isNumber()) {
                    numbers.put(name, json.number(Long.MAX_VALUE));
                } else {
                    json.skip();
                }
            }
        }
    }

    private long number(String name) {
        return Objects.requireNonNullElse(numbers.get(name), 0L);
    }
}
