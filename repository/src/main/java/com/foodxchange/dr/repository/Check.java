package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a repository: whether everything that a restore reads is there and is what it has to be. Every file that is
 * damaged, missing or out of place is a finding that names the snapshots and paths that it hits.
 *
 * <p>Snapshots are listed before the index is read, and the index before the packs are listed, so backups that are
 * written meanwhile disturb nothing.
 */
public final class Check {
    private static final Config NO_CONFIG = new Config(Config.VERSION, "", 0);

    private final BlobStore store;
    private final CheckScope scope;
    private final PackProgress progress;
    private final CheckFindings findings = new CheckFindings();

    private Check(BlobStore store, CheckScope scope, PackProgress progress) {
        this.store = store;
        this.scope = scope;
        this.progress = progress;
    }

    /**
     * Checks the repository in the store, which stays open. Changes nothing but for a shared lock, which is left out
     * where the store cannot be written to.
     *
     * @throws RepositoryException NO_REPOSITORY, WRONG_PASSWORD, LOCKED while somebody removes snapshots or packs, STORAGE
     *     when the store cannot be listed. Whatever is wrong with its files is a finding
     */
    public static CheckReport run(BlobStore store, char[] password, CheckScope scope, PackProgress progress)
            throws InterruptedException {
        return new Check(store, scope, progress).run(password, true);
    }

    /** Checks without a lock and without anybody being told of progress: for a copy that nobody else uses. */
    static CheckReport unlocked(BlobStore store, char[] password, CheckScope scope) throws InterruptedException {
        return new Check(store, scope, PackProgress.NONE).run(password, false);
    }

    private CheckReport run(char[] password, boolean locked) throws InterruptedException {
        try {
            KeyCheck keys = new KeyCheck(store, findings);
            MasterKey key = keys.findKey(password);
            if (key == null) {
                return new CheckReport(findings.build(), 0, 0, 0, 0, 0, 0, 0);
            }
            Config config = keys.checkConfig(key);
            return run(new Repository(store, key, config == null ? NO_CONFIG : config), locked);
        } catch (IOException e) {
            throw RepositoryException.storage("cannot check " + store.location(), e);
        } catch (ExecutionException e) {
            throw Parallel.failure("cannot check " + store.location(), e);
        }
    }

    private CheckReport run(Repository repository, boolean locked)
            throws IOException, InterruptedException, ExecutionException {
        RepositoryLock lock = locked ? lock(repository) : null;
        try (BlobLoader loader = new BlobLoader(repository.files())) {
            checkLocks(repository.files());
            SnapshotList snapshots = repository.snapshots();
            for (Damage damage : snapshots.unreadable()) {
                findings.problem(
                        damage.file(),
                        "the snapshot cannot be read: " + damage.message(),
                        "put the file back from a copy of the repository, or delete it: nobody can tell what is in it");
            }
            IndexCheck index = new IndexCheck(repository.files(), findings);
            index.load();
            PackCheck packs = new PackCheck(repository.files(), loader, index, scope, progress, findings);
            packs.run();
            new TreeCheck(loader, index, packs.damaged(), findings).run(snapshots.snapshots());
            index.noteOrphans();
            return new CheckReport(
                    findings.build(),
                    snapshots.snapshots().size(),
                    index.files(),
                    index.stored().size(),
                    index.main().size(),
                    index.stored().values().stream().mapToLong(Long::longValue).sum(),
                    packs.packsRead(),
                    packs.bytesRead());
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    /**
     * Without a lock a check may blame what somebody else just removed; but a read-only copy cannot be locked, nor can a
     * repository of an older version.
     */
    private @Nullable RepositoryLock lock(Repository repository) throws InterruptedException {
        try {
            return repository.lock(RepositoryLock.Mode.SHARED);
        } catch (RepositoryException e) {
            if (e.kind() != Kind.STORAGE && e.kind() != Kind.INVALID) {
                throw e;
            }
            findings.note("locks", "the repository was checked without a lock: " + e.getMessage(), "");
            return null;
        }
    }

    private void checkLocks(RepositoryFiles files) throws IOException {
        for (Entry entry : store.list(FileType.LOCK)) {
            String file = RepositoryFiles.describe(FileType.LOCK, entry.name());
            try {
                LockFile lock = LockFile.read(files.load(FileType.LOCK, entry.name()));
                if (lock.isStale(Instant.now())) {
                    findings.note(
                            file,
                            "the owner of the lock is gone: %s@%s, process %d, since %s"
                                    .formatted(lock.username(), lock.hostname(), lock.pid(), lock.time()),
                            "remove it with 'restic unlock'");
                }
            } catch (FormatException e) {
                findings.note(file, "the lock is ignored by everybody: " + e.reason(), "delete the file");
            } catch (NoSuchFileException e) {
                // Given back since it was listed.
            }
        }
    }
}
