package com.foodxchange.dr.repository;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as its file tells.
 *
 * @param id 64 hex digits, the name of its file
 * @param parent id of the snapshot before it, as its writer saw it
 * @param tree id of the root tree
 * @param username empty when the file has none
 * @param original id of the snapshot that this one replaced, when tags were changed
 * @param programVersion who wrote it, if it says so
 */
public record Snapshot(
        String id,
        Instant time,
        @Nullable String parent,
        BlobId tree,
        List<String> paths,
        String hostname,
        String username,
        List<String> tags,
        @Nullable String original,
        @Nullable String programVersion,
        @Nullable SnapshotSummary summary) {
    public Snapshot {
        paths = List.copyOf(paths);
        tags = List.copyOf(tags);
    }

    Snapshot withId(String newId) {
        return new Snapshot(
                newId, time, parent, tree, paths, hostname, username, tags, original, programVersion, summary);
    }
}
