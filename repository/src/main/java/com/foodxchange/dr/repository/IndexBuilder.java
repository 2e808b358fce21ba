package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects stored packs and writes them into index files. A pack is named only after it is durable, so that an index
 * never promises what is not there. Thread-safe.
 */
final class IndexBuilder {
    static final int MAX_BLOBS = 50_000;
    /** What a killed backup has stored for longer than this is found by the next one, which need not store it again. */
    static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final RepositoryFiles files;
    private final Index index;
    private final List<PackBlobs> pending = new ArrayList<>();
    private final InstantSource clock;
    private final Runnable requireLock;
    private int pendingBlobs;
    private Instant saved;

    /**
     * @param index where packs are known from as soon as an index file names them
     * @param requireLock throws if the lock was lost, so that a prune may have removed packs that no index file names
     */
    IndexBuilder(RepositoryFiles files, Index index, InstantSource clock, Runnable requireLock) {
        this.requireLock = requireLock;
        this.files = files;
        this.index = index;
        this.clock = clock;
        saved = clock.instant();
    }

    /** Writes the collected packs first when they and the new one are too many for one file, or have waited long. */
    synchronized void add(PackBlobs stored) throws IOException {
        if (pendingBlobs + stored.blobs().size() > MAX_BLOBS || clock.instant().isAfter(saved.plus(MAX_AGE))) {
            save();
        }
        pending.add(stored);
        pendingBlobs += stored.blobs().size();
    }

    /** Writes the packs that no index file names yet. */
    synchronized void save() throws IOException {
        saved = clock.instant();
        if (pending.isEmpty()) {
            return;
        }
        requireLock.run();
        files.save(FileType.INDEX, IndexCodec.write(pending));
        pending.forEach(index::add);
        pending.clear();
        pendingBlobs = 0;
    }
}
