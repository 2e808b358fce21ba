package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** A lock that keeps others away until it is closed; refreshed in the background. Thread-safe. */
public final class RepositoryLock implements AutoCloseable {
    private static final Duration REFRESH_EVERY = Duration.ofMinutes(5);

    private final RepositoryFiles files;
    private final Mode mode;
    private final Thread refresher;
    private BlobId name;
    private Instant refreshed;
    private boolean closed;

    /** Whom a lock keeps away. */
    public enum Mode {
        /** Others may read and add, not remove. */
        SHARED,
        /** Nobody else may do anything. */
        EXCLUSIVE
    }

    /** Writes the lock. Whether it may be kept is for {@link Locks} to find out. */
    RepositoryLock(RepositoryFiles files, Mode mode) throws IOException {
        this.files = files;
        this.mode = mode;
        refreshed = Instant.now();
        name = write(refreshed);
        refresher = Thread.ofVirtual().name("lock-refresh").unstarted(this::refreshUntilClosed);
    }

    void startRefreshing() {
        refresher.start();
    }

    synchronized BlobId name() {
        return name;
    }

    Mode mode() {
        return mode;
    }

    private BlobId write(Instant time) throws IOException {
        return files.save(
                FileType.LOCK,
                LockFile.ofThisProcess(time, mode == Mode.EXCLUSIVE).write());
    }

    private void refreshUntilClosed() {
        try {
            while (true) {
                Thread.sleep(REFRESH_EVERY);
                refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Files are never overwritten, so a younger lock is written first and the older one deleted then. */
    synchronized void refresh() {
        if (closed) {
            return;
        }
        try {
            Instant now = Instant.now();
            BlobId old = name;
            name = write(now);
            refreshed = now;
            files.store().delete(handle(old));
        } catch (IOException e) {
            // Tried again in 5 minutes; requireHeld notices when all attempts failed.
        }
    }

    /**
     * Called before anything is done that relies on the lock.
     *
     * @throws RepositoryException LOCKED if somebody removed it or might have, because it could not be refreshed
     */
    synchronized void requireHeld() {
        try {
            if (refreshed.plus(LockFile.STALE_AFTER).isAfter(Instant.now())
                    && files.store().exists(handle(name))) {
                return;
            }
        } catch (IOException e) {
            throw RepositoryException.storage("cannot look for the own lock", e);
        }
        throw new RepositoryException(
                Kind.LOCKED, "the lock of this process on the repository was lost", "start again");
    }

    private static Handle handle(BlobId name) {
        return new Handle(FileType.LOCK, name.hex());
    }

    /** Removes the lock. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        refresher.interrupt();
        try {
            files.store().delete(handle(name));
        } catch (IOException e) {
            throw RepositoryException.storage("cannot remove lock " + name, e);
        }
    }
}
