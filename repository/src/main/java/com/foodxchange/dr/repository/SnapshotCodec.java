package com.foodxchange.dr.repository;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of a snapshot file, with its members in restic's order. */
final class SnapshotCodec {
    static final String PROGRAM_VERSION = "foodxchange-dr 0.1.0";

    private SnapshotCodec() {}

    /** The text of the snapshot; its id is not in it, being the hash of it. */
    static byte[] write(Snapshot snapshot) {
        return JsonWriter.write(json -> {
            json.beginObject().name("time").value(snapshot.time());
            if (snapshot.parent() != null) {
                json.name("parent").value(snapshot.parent());
            }
            json.name("tree").value(snapshot.tree());
            json.strings("paths", snapshot.paths());
            json.optional("hostname", snapshot.hostname());
            json.optional("username", snapshot.username());
            if (!snapshot.tags().isEmpty()) {
                json.strings("tags", snapshot.tags());
            }
            if (snapshot.original() != null) {
                json.name("original").value(snapshot.original());
            }
            if (snapshot.programVersion() != null) {
                json.name("program_version").value(snapshot.programVersion());
            }
            if (snapshot.summary() != null) {
                writeSummary(snapshot.summary(), json.name("summary"));
            }
            json.endObject();
        });
    }

    private static void writeSummary(SnapshotSummary summary, JsonWriter json) {
        json.beginObject();
        json.name("backup_start").value(summary.backupStart());
        json.name("backup_end").value(summary.backupEnd());
        json.name("files_new").value(summary.filesNew());
        json.name("files_changed").value(summary.filesChanged());
        json.name("files_unmodified").value(summary.filesUnmodified());
        json.name("dirs_new").value(summary.dirsNew());
        json.name("dirs_changed").value(summary.dirsChanged());
        json.name("dirs_unmodified").value(summary.dirsUnmodified());
        json.name("data_blobs").value(summary.dataBlobs());
        json.name("tree_blobs").value(summary.treeBlobs());
        json.name("data_added").value(summary.dataAdded());
        json.name("data_added_packed").value(summary.dataAddedPacked());
        json.name("total_files_processed").value(summary.totalFilesProcessed());
        json.name("total_bytes_processed").value(summary.totalBytesProcessed());
        json.endObject();
    }

    /** The snapshot whose file has this name and text. */
    static Snapshot read(String id, byte[] text) throws FormatException {
        Fields snapshot = new Fields();
        JsonReader.parse(
                text,
                json -> json.object(member -> {
                    switch (member) {
                        case "time" -> snapshot.time = GoTime.parse(json.string());
                        case "parent" -> snapshot.parent = json.id().hex();
                        case "tree" -> snapshot.tree = json.id();
                        case "paths" -> snapshot.paths = json.strings();
                        case "hostname" -> snapshot.hostname = json.string();
                        case "username" -> snapshot.username = json.string();
                        case "tags" -> snapshot.tags = json.strings();
                        case "original" -> snapshot.original = json.id().hex();
                        case "program_version" -> snapshot.programVersion = json.string();
                        case "summary" -> snapshot.summary = SummaryReader.read(json);
                        default -> json.skip();
                    }
                }));
        return snapshot.checked(id);
    }

    /** A snapshot as far as it has been read. */
    private static final class Fields {
        @Nullable
        Instant time;

        @Nullable
        String parent;

        @Nullable
        BlobId tree;

        List<String> paths = List.of();
        String hostname = "";
        String username = "";
        List<String> tags = List.of();

        @Nullable
        String original;

        @Nullable
        String programVersion;

        @Nullable
        SnapshotSummary summary;

        Snapshot checked(String id) throws FormatException {
            if (time == null || tree == null) {
                throw new FormatException("it has no time or no tree");
            }
            return new Snapshot(
                    id, time, parent, tree, paths, hostname, username, tags, original, programVersion, summary);
        }
    }
}
