package com.foodxchange.dr.repository;

import java.time.Instant;

/** What writing a snapshot did, in the terms of restic; sizes in bytes. */
public record SnapshotSummary(
        Instant backupStart,
        Instant backupEnd,
        long filesNew,
        long filesChanged,
        long filesUnmodified,
        long dirsNew,
        long dirsChanged,
        long dirsUnmodified,
        long dataBlobs,
        long treeBlobs,
        long dataAdded,
        long dataAddedPacked,
        long totalFilesProcessed,
        long totalBytesProcessed) {}
