package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/** Reads snapshot files. Thread-safe. */
final class SnapshotLoader {
    private final RepositoryFiles files;

    SnapshotLoader(RepositoryFiles files) {
        this.files = files;
    }

    SnapshotList all() {
        ConcurrentLinkedQueue<Snapshot> snapshots = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Damage> unreadable = new ConcurrentLinkedQueue<>();
        try {
            Parallel.forEach(files.store().list(FileType.SNAPSHOT), entry -> {
                try {
                    snapshots.add(load(entry.name()));
                } catch (FormatException e) {
                    unreadable.add(new Damage(RepositoryFiles.describe(FileType.SNAPSHOT, entry.name()), e.reason()));
                } catch (NoSuchFileException e) {
                    // Forgotten since it was listed.
                }
            });
        } catch (IOException e) {
            throw RepositoryException.storage("cannot list the snapshots", e);
        } catch (ExecutionException e) {
            throw RepositoryException.storage(
                    "cannot load the snapshots", e.getCause() instanceof IOException io ? io : new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RepositoryException.storage("cannot load the snapshots", new IOException("interrupted"));
        }
        List<Snapshot> byTime = new ArrayList<>(snapshots);
        byTime.sort(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id));
        return new SnapshotList(byTime, List.copyOf(unreadable));
    }

    Snapshot one(String id) {
        try {
            return load(BlobId.parse(id).hex());
        } catch (NoSuchFileException | IllegalArgumentException e) {
            throw new RepositoryException(Kind.INVALID, "there is no snapshot " + id, "list the snapshots", e);
        } catch (FormatException e) {
            throw RepositoryException.damaged("the file of snapshot " + id + " cannot be used: " + e.getMessage());
        } catch (IOException e) {
            throw RepositoryException.storage("cannot load snapshot " + id, e);
        }
    }

    private Snapshot load(String id) throws IOException, FormatException {
        return SnapshotCodec.read(id, files.load(FileType.SNAPSHOT, id));
    }
}
