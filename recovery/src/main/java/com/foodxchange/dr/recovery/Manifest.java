package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.OpTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says of itself, in {@code manifest.json} at the root of its snapshot.
 *
 * @param schemaVersion of the file's format
 * @param program who wrote it
 * @param kind {@code full} or {@code incremental}
 * @param reason why a full backup was taken; null for a slice
 * @param databases what it was limited to; empty: everything
 * @param from the oldest oplog entry in it; null when there is none
 * @param to the last moment that it holds; null for a standalone server
 * @param prev the entry that a slice continues; null for a full backup
 * @param scan for a full backup with an oplog, where its scan stands to the entries
 * @param oplog how much of the oplog it holds
 * @param collections of a full backup, sorted
 * @param work what it took
 * @param findings what was odd, one sentence each
 */
public record Manifest(
        int schemaVersion,
        String program,
        String source,
        String kind,
        @Nullable String reason,
        List<String> databases,
        Topology topology,
        @Nullable Position from,
        @Nullable Position to,
        @Nullable Position prev,
        @Nullable Scan scan,
        Oplog oplog,
        List<Collection> collections,
        Work work,
        List<String> findings) {
    /** The file's path in the snapshot. */
    public static final String PATH = "manifest.json";

    /** The format that this program writes. */
    public static final int SCHEMA_VERSION = 1;

    /** Where the backup came from; {@code replicaSetId} is null when it could not be read. */
    public record Topology(
            String kind,
            @Nullable String setName,
            @Nullable String replicaSetId,
            List<String> hosts,
            String serverVersion,
            @Nullable String fcv) {
        public Topology {
            hosts = List.copyOf(hosts);
        }
    }

    /** An entry of the oplog: seconds, ordinal, term. */
    public record Position(long t, long i, long term) {
        public static @Nullable Position of(@Nullable OpTime time) {
            return time == null
                    ? null
                    : new Position(time.seconds(), Integer.toUnsignedLong(time.ordinal()), time.term());
        }

        public OpTime toOpTime() {
            return OpTime.of(t, (int) i, term);
        }
    }

    /**
     * How a full backup becomes the state of one moment.
     *
     * @param from every change up to here is in the collections
     * @param consistentAt with the entries up to here, nothing is missing
     */
    public record Scan(Position from, Position consistentAt) {}

    /** Entries and their bytes in {@code oplog.bson}. */
    public record Oplog(long entries, long bytes) {}

    /**
     * A collection or view; the figures of a view are zero.
     *
     * @param hash the sum of the XXH3-128 hashes of its documents modulo 2^128, 32 hex digits, as they were scanned
     * @param chunks how many pieces it was cut into
     */
    public record Collection(
            String namespace,
            String type,
            @Nullable String uuid,
            long documents,
            long bytes,
            String hash,
            long chunks) {
        public ContentHash.Value content() {
            return new ContentHash.Value(documents, bytes, hash);
        }
    }

    /**
     * Durations in milliseconds, sizes in bytes.
     *
     * @param bytesRead handed over to the repository
     * @param bytesAdded of these, what it did not have yet
     * @param bytesStored what these take, compressed and encrypted
     */
    public record Work(
            String startedAt, long scanMillis, long totalMillis, long bytesRead, long bytesAdded, long bytesStored) {}

    public Manifest {
        for (Object required : new Object[] {source, kind, topology, oplog, work}) {
            Objects.requireNonNull(required, "a manifest lacks a member");
        }
        databases = List.copyOf(databases);
        collections = List.copyOf(collections);
        findings = List.copyOf(findings);
    }
}
