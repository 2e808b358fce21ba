package com.foodxchange.dr.recovery.upkeep;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Manifest;
import com.foodxchange.dr.recovery.Manifest.Position;
import com.foodxchange.dr.recovery.Manifests;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.recovery.SnapshotDumpSource;
import com.foodxchange.dr.recovery.upkeep.CheckRecipe.DamagedFile;
import com.foodxchange.dr.repository.BlobRef;
import com.foodxchange.dr.repository.CheckFinding;
import com.foodxchange.dr.repository.CheckFinding.Hit;
import com.foodxchange.dr.repository.CheckFinding.Severity;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.RepositoryException;
import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.SnapshotReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks whether backups are what their manifests say. Used by one thread. */
final class BackupInspection {
    private static final String HINT = "restore another snapshot, and take a full backup";

    private final Repository repository;
    private final Set<DamagedFile> known;
    private final Consumer<CheckFinding> findings;
    private final CheckProgress progress;
    private final Map<String, Manifest> manifests = new HashMap<>();
    /** Files that are the same in several backups are read once; by their blobs. */
    private final Map<List<BlobRef>, ContentHash.Value> hashes = new HashMap<>();

    BackupInspection(
            Repository repository, Set<DamagedFile> known, Consumer<CheckFinding> findings, CheckProgress progress) {
        this.repository = repository;
        this.known = known;
        this.findings = findings;
        this.progress = progress;
    }

    /** Reads the manifest and compares it with the snapshot's tags and files. */
    void inspect(BackupSnapshot backup) throws InterruptedException {
        Snapshot snapshot = backup.snapshot();
        if (known.contains(new DamagedFile(snapshot.id(), "/")) || isKnown(snapshot, Manifest.PATH)) {
            return;
        }
        try {
            SnapshotReader reader = repository.read(snapshot);
            Manifest manifest =
                    Manifests.read(reader, "snapshot " + snapshot.id().substring(0, 8));
            manifests.put(snapshot.id(), manifest);
            compareTags(backup, manifest);
            compareFiles(snapshot, manifest, new SnapshotDumpSource(reader));
        } catch (RecoveryException e) {
            problem(snapshot, Manifest.PATH, String.valueOf(e.getMessage()), e.hint());
        } catch (RepositoryException e) {
            damaged(snapshot, Manifest.PATH, e);
        }
    }

    private boolean isKnown(Snapshot snapshot, String path) {
        int slash = path.indexOf('/');
        return known.contains(new DamagedFile(snapshot.id(), path))
                || (slash > 0 && known.contains(new DamagedFile(snapshot.id(), path.substring(0, slash + 1))));
    }

    private void compareTags(BackupSnapshot backup, Manifest manifest) {
        Position to = backup.ofOneMoment() ? Position.of(backup.to()) : null;
        boolean same = manifest.source().equals(backup.source())
                && manifest.kind().equals(backup.kind().label())
                && manifest.databases().equals(backup.databases())
                && Objects.equals(manifest.to(), to)
                && Objects.equals(manifest.prev(), Position.of(backup.previous()));
        if (!same) {
            problem(
                    backup.snapshot(),
                    Manifest.PATH,
                    "the tags of the snapshot are not those that it was written with: the manifest is of a "
                            + manifest.kind() + " backup of '" + manifest.source() + "' up to " + text(manifest.to()),
                    "put the tags back with 'restic tag', or restore another snapshot");
        }
    }

    private static String text(@Nullable Position position) {
        return position == null ? "no exact moment" : position.toOpTime().toString();
    }

    private void compareFiles(Snapshot snapshot, Manifest manifest, SnapshotDumpSource files) {
        Set<String> paths = Set.copyOf(files.paths());
        for (Manifest.Collection collection : manifest.collections()) {
            Namespace namespace = Namespace.parse(collection.namespace());
            String data = DumpLayout.dataPath(namespace);
            if (collection.type().equals("collection") || collection.documents() > 0) {
                compareSize(snapshot, data, collection.bytes(), paths, files);
            }
        }
        if (manifest.oplog().bytes() > 0) {
            compareSize(snapshot, DumpLayout.OPLOG, manifest.oplog().bytes(), paths, files);
        }
    }

    private void compareSize(
            Snapshot snapshot, String path, long expected, Set<String> paths, SnapshotDumpSource files) {
        if (!paths.contains(path)) {
            problem(snapshot, path, "the file is missing", HINT);
        } else if (files.size(path) != expected) {
            problem(snapshot, path, "the file has " + files.size(path) + " bytes, and had " + expected, HINT);
        }
    }

    private record Content(BackupSnapshot backup, SnapshotReader reader, String path, ContentHash.Value expected) {
        /** Whether it is the oplog, which is compared by its entries. */
        boolean oplog() {
            return path.equals(DumpLayout.OPLOG);
        }
    }

    /** Reads what a restore would read, and compares it with what was captured. */
    void readContents(List<BackupSnapshot> backups) throws IOException, InterruptedException {
        List<Content> contents = new ArrayList<>();
        for (BackupSnapshot backup : backups) {
            Manifest manifest = manifests.get(backup.snapshot().id());
            if (manifest != null) {
                contents.addAll(contents(backup, manifest));
            }
        }
        long allBytes = contents.stream()
                .mapToLong(content -> content.expected().bytes())
                .sum();
        long files = 0;
        long bytes = 0;
        for (Content content : contents) {
            compare(content);
            bytes += content.expected().bytes();
            progress.read(++files, contents.size(), bytes, allBytes);
        }
    }

    private List<Content> contents(BackupSnapshot backup, Manifest manifest) throws InterruptedException {
        SnapshotReader reader = repository.read(backup.snapshot());
        Set<String> paths = Set.copyOf(new SnapshotDumpSource(reader).paths());
        List<Content> contents = new ArrayList<>();
        for (Manifest.Collection collection : manifest.collections()) {
            String path = DumpLayout.dataPath(Namespace.parse(collection.namespace()));
            contents.add(new Content(backup, reader, path, collection.content()));
        }
        contents.add(new Content(
                backup,
                reader,
                DumpLayout.OPLOG,
                new ContentHash.Value(
                        manifest.oplog().entries(), manifest.oplog().bytes(), "")));
        contents.removeIf(content -> !paths.contains(content.path()) || isKnown(backup.snapshot(), content.path()));
        return contents;
    }

    private void compare(Content content) throws IOException, InterruptedException {
        Snapshot snapshot = content.backup().snapshot();
        try {
            if (content.oplog()) {
                compareOplog(content);
                return;
            }
            ContentHash.Value found = hash(content);
            if (!found.equals(content.expected())) {
                problem(
                        snapshot,
                        content.path(),
                        "the collection is not what was captured: " + found.count() + " documents with hash "
                                + found.hash() + ", and there were "
                                + content.expected().count() + " with "
                                + content.expected().hash(),
                        HINT);
            }
        } catch (DeploymentException e) {
            problem(snapshot, content.path(), String.valueOf(e.getMessage()), HINT);
        } catch (RepositoryException e) {
            damaged(snapshot, content.path(), e);
        }
    }

    private ContentHash.Value hash(Content content) throws IOException, InterruptedException {
        List<BlobRef> blobs = content.reader().blobs(content.path());
        ContentHash.Value found = hashes.get(blobs);
        if (found == null) {
            found = DumpFiles.hash(new SnapshotDumpSource(content.reader()), content.path());
            hashes.put(blobs, found);
        }
        return found;
    }

    private void compareOplog(Content content) throws IOException, InterruptedException {
        OpTime previous = content.backup().previous();
        DumpFiles.Oplog found = DumpFiles.oplog(new SnapshotDumpSource(content.reader()));
        String wrong = null;
        if (found.entries() != content.expected().count()) {
            wrong = found.entries() + " entries are in it, and there were "
                    + content.expected().count();
        } else if (!found.ordered()) {
            wrong = "its entries are not in order";
        } else if (found.last() != null
                && found.last().compareTo(content.backup().to().ts()) > 0) {
            wrong = "it goes beyond the moment that its snapshot is of";
        } else if (previous != null && found.first() != null && found.first().compareTo(previous.ts()) <= 0) {
            wrong = "it begins before the entry that it continues";
        }
        if (wrong != null) {
            problem(content.backup().snapshot(), DumpLayout.OPLOG, wrong, HINT);
        }
    }

    private void damaged(Snapshot snapshot, String path, RepositoryException e) {
        if (e.kind() != Kind.DAMAGED && e.kind() != Kind.INVALID) {
            throw e;
        }
        problem(snapshot, path, String.valueOf(e.getMessage()), e.hint());
    }

    private void problem(Snapshot snapshot, String path, String message, String hint) {
        findings.accept(new CheckFinding(
                Severity.PROBLEM,
                "snapshots/" + snapshot.id(),
                path + ": " + message,
                hint,
                List.of(new Hit(snapshot, List.of(path), 1))));
    }
}
