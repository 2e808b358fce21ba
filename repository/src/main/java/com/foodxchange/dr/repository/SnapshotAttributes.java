package com.foodxchange.dr.repository;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a new snapshot is called and belongs to.
 *
 * @param hostname with {@code paths} the group that restic's forget counts in, so stable for one source
 * @param paths at least one
 * @param tags lookup keys such as {@code source:orders}; no commas, which restic's filters split at
 * @param parent id of the snapshot before it: files that did not change keep the times they have there
 */
public record SnapshotAttributes(
        Instant time,
        String hostname,
        List<String> paths,
        List<String> tags,
        @Nullable String parent) {
    public SnapshotAttributes {
        paths = List.copyOf(paths);
        tags = List.copyOf(tags);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a snapshot needs a path");
        }
    }
}
