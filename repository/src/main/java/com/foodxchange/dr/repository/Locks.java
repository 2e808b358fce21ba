package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.RepositoryLock.Mode;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The locks of a repository, taken as restic takes them: look, write the own one, wait until one that was written at
 * the same time must be visible, look again. Stale locks count until somebody removes them. Thread-safe.
 */
final class Locks {
    private final RepositoryFiles files;

    Locks(RepositoryFiles files) {
        this.files = files;
    }

    RepositoryLock acquire(Mode mode) throws InterruptedException {
        try {
            requireNoConflict(mode, "");
            RepositoryLock lock = new RepositoryLock(files, mode);
            try {
                Thread.sleep(files.store().listingDelay());
                requireNoConflict(mode, lock.name().hex());
            } catch (InterruptedException | IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
            lock.startRefreshing();
            return lock;
        } catch (IOException e) {
            throw RepositoryException.storage("cannot lock the repository", e);
        }
    }

    private void requireNoConflict(Mode mode, String own) throws IOException {
        for (Map.Entry<String, LockFile> other : all().entrySet()) {
            LockFile lock = other.getValue();
            if (!other.getKey().equals(own) && (mode == Mode.EXCLUSIVE || lock.exclusive())) {
                throw locked(lock);
            }
        }
    }

    private static RepositoryException locked(LockFile lock) {
        Instant now = Instant.now();
        Duration age = Duration.between(lock.time(), now);
        String message = "the repository is locked%s by %s@%s, process %d, since %s"
                .formatted(
                        lock.exclusive() ? " exclusively" : "",
                        lock.username(),
                        lock.hostname(),
                        lock.pid(),
                        age.toMinutes() < 2 ? age.toSeconds() + " s" : age.toMinutes() + " min");
        String hint = lock.isStale(now)
                ? "its owner is gone: remove the lock with 'restic unlock', then try again"
                : "wait for it, or if its owner is gone, remove the lock with 'restic unlock' and try again";
        return new RepositoryException(Kind.LOCKED, message, hint);
    }

    /** Every lock that can be read. One that cannot says nothing about anybody, and restic ignores it too. */
    private Map<String, LockFile> all() throws IOException {
        Map<String, LockFile> locks = new LinkedHashMap<>();
        for (Entry entry : files.store().list(FileType.LOCK)) {
            try {
                locks.put(entry.name(), LockFile.read(files.load(FileType.LOCK, entry.name())));
            } catch (NoSuchFileException e) {
                // Given back since it was listed.
            } catch (FormatException e) {
                // Torn or foreign.
            }
        }
        return locks;
    }

    /** Removes stale locks and returns how many there were. */
    int removeStale() {
        try {
            int removed = 0;
            for (Map.Entry<String, LockFile> lock : all().entrySet()) {
                if (lock.getValue().isStale(Instant.now())) {
                    files.store().delete(new Handle(FileType.LOCK, lock.getKey()));
                    removed++;
                }
            }
            return removed;
        } catch (IOException e) {
            throw RepositoryException.storage("cannot remove stale locks", e);
        }
    }
}
