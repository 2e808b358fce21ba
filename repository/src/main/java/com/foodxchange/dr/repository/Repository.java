package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A repository in the format of restic, version 2. Failures of the storage are {@link RepositoryException}s of kind
 * STORAGE everywhere. Thread-safe.
 */
public final class Repository implements AutoCloseable {
    private final RepositoryFiles files;
    private final Config config;
    private final Locks locks;
    private LoadedIndex index = LoadedIndex.empty();
    private @Nullable BlobLoader loader;

    Repository(BlobStore store, MasterKey key, Config config) {
        this.config = config;
        files = new RepositoryFiles(store, key);
        locks = new Locks(files);
    }

    /**
     * Makes a new repository.
     *
     * @throws RepositoryException EXISTS if there is one already
     */
    public static Repository init(BlobStore store, char[] password) {
        return new RepositoryOpening(store).init(password);
    }

    /**
     * Opens a repository with any of its passwords.
     *
     * @throws RepositoryException NO_REPOSITORY or WRONG_PASSWORD
     */
    public static Repository open(BlobStore store, char[] password) {
        return new RepositoryOpening(store).open(password);
    }

    /** 64 hex digits that tell this repository from all others. */
    public String id() {
        return config.id();
    }

    int version() {
        return config.version();
    }

    /** Adds another password. Those that are there stay valid. */
    public void addPassword(char[] password) {
        RepositoryOpening.requireUsable(password);
        try {
            RepositoryOpening.saveKey(files.store(), KeyFile.create(files.key(), password, Instant.now()));
        } catch (IOException e) {
            throw RepositoryException.storage("cannot save the key", e);
        }
    }

    /** Version 1 knows no compression, so programs that read it would not understand what is written here. */
    void requireWritable() {
        if (config.version() < Config.VERSION) {
            throw new RepositoryException(
                    Kind.INVALID,
                    "the repository has version 1 of the format, which is only read here",
                    "raise it with 'restic migrate upgrade_repo_v2'");
        }
    }

    /** The encrypted files of this repository. */
    RepositoryFiles files() {
        return files;
    }

    /**
     * Starts a snapshot. Takes a shared lock until the writer is closed.
     *
     * @throws RepositoryException LOCKED if somebody holds an exclusive lock; INVALID for version 1 of the format
     */
    public SnapshotWriter newSnapshot() throws InterruptedException {
        requireWritable();
        RepositoryLock lock = lock(RepositoryLock.Mode.SHARED);
        try {
            // Loaded under the lock: until it is given back, nobody removes what this says is there.
            LoadedIndex current = loadIndex();
            BlobPipeline pipeline = new BlobPipeline(files, current.index(), unusablePacks(current), lock::requireHeld);
            return new SnapshotWriter(this, files, lock, pipeline);
        } catch (InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Packs whose blobs are stored again: those that are missing or have another length than the index says, and those
     * that no index file names, because other programs do not find them.
     */
    private Set<BlobId> unusablePacks(LoadedIndex current) {
        Map<BlobId, Long> sizes = new HashMap<>();
        try {
            for (Entry pack : files.store().list(FileType.DATA)) {
                sizes.put(BlobId.parse(pack.name()), pack.size());
            }
        } catch (IOException e) {
            throw RepositoryException.storage("cannot list the packs", e);
        }
        Set<BlobId> unusable = new HashSet<>(current.unlisted());
        current.index().forEachPack((pack, size) -> {
            if (!size.equals(sizes.get(pack))) {
                unusable.add(pack);
            }
        });
        return unusable;
    }

    /** What the index files say now; only those that came since the last call are loaded. */
    synchronized LoadedIndex loadIndex() throws InterruptedException {
        index = LoadedIndex.load(files, index);
        return index;
    }

    /** Every snapshot; reads nothing but the snapshot files. */
    public SnapshotList snapshots() {
        return new SnapshotLoader(files).all();
    }

    /**
     * The snapshot with this id.
     *
     * @throws RepositoryException INVALID if there is none, DAMAGED if its file cannot be read
     */
    public Snapshot snapshot(String id) {
        return new SnapshotLoader(files).one(id);
    }

    /**
     * The files of a snapshot. Loads the index, once. Takes no lock, so that read-only replicas can be read; when a prune
     * meanwhile moves blobs to other packs, they are found there.
     *
     * @throws RepositoryException DAMAGED if a tree of the snapshot is
     */
    public SnapshotReader read(Snapshot snapshot) throws InterruptedException {
        LoadedIndex current = loadIndex();
        try {
            try {
                SnapshotReader reader = new SnapshotReader(snapshot, current.index(), this);
                if (reader.isNamedByIndex() || !current.addUnlistedPacks(files)) {
                    return reader;
                }
            } catch (RepositoryException e) {
                if (e.kind() != Kind.DAMAGED || !current.addUnlistedPacks(files)) {
                    throw e;
                }
            }
        } catch (IOException e) {
            throw RepositoryException.storage("cannot read the headers of packs", e);
        }
        // An index file is missing, and some packs were known by their headers alone.
        return new SnapshotReader(snapshot, current.index(), this);
    }

    /**
     * Removes snapshots, the newest first, so that an abort leaves no incremental without the full that it needs. What
     * only they hold stays in the packs until a prune.
     *
     * @param lock an exclusive one
     */
    public void forget(RepositoryLock lock, Collection<Snapshot> snapshots) {
        if (lock.mode() != RepositoryLock.Mode.EXCLUSIVE) {
            throw new IllegalArgumentException("snapshots are removed under an exclusive lock only");
        }
        List<Snapshot> newestFirst = new ArrayList<>(snapshots);
        newestFirst.sort(Comparator.comparing(Snapshot::time).reversed());
        for (Snapshot snapshot : newestFirst) {
            lock.requireHeld();
            try {
                files.store().delete(new Handle(FileType.SNAPSHOT, snapshot.id()));
            } catch (IOException e) {
                throw RepositoryException.storage("cannot remove snapshot " + snapshot.id(), e);
            }
        }
    }

    /** What fetches blobs; its threads start with the first use. */
    synchronized BlobLoader loader() {
        BlobLoader current = loader;
        if (current == null) {
            current = new BlobLoader(files);
            loader = current;
        }
        return current;
    }

    /**
     * Takes a lock as restic does, which waits as long as listings of the store may lag.
     *
     * @throws RepositoryException LOCKED, naming the owner, if a lock of somebody else forbids it; INVALID if the
     *     repository has an older version
     */
    public RepositoryLock lock(RepositoryLock.Mode mode) throws InterruptedException {
        if (config.version() != Config.VERSION) {
            throw new RepositoryException(
                    Kind.INVALID,
                    "the repository has version " + config.version() + ", which can be read only",
                    "let restic change it: restic migrate upgrade_repo_v2");
        }
        return locks.acquire(mode);
    }

    /**
     * Removes locks whose process is dead or which nobody has refreshed for 30 minutes.
     *
     * @return how many were removed
     */
    public int unlock() {
        return locks.removeStale();
    }

    /** Stops reading and closes the store. */
    @Override
    public synchronized void close() {
        if (loader != null) {
            loader.close();
        }
        try {
            files.store().close();
        } catch (IOException e) {
            throw RepositoryException.storage("cannot close " + files.store().location(), e);
        }
    }
}
