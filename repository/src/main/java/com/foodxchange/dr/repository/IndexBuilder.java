package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects stored packs and writes them into index files. A pack is named only after it is durable, so that an index
 * never promises what is not there. Thread-safe.
 */
final class IndexBuilder {
    static final int MAX_BLOBS = 50_000;

    private final RepositoryFiles files;
    private final Index index;
    private final List<PackBlobs> pending = new ArrayList<>();
    private int pendingBlobs;

    /** {@code index}: where packs are known from as soon as an index file names them. */
    IndexBuilder(RepositoryFiles files, Index index) {
        this.files = files;
        this.index = index;
    }

    /** Writes the collected packs first when they and the new one are too many for one file. */
    synchronized void add(PackBlobs stored) throws IOException {
        if (pendingBlobs + stored.blobs().size() > MAX_BLOBS) {
            save();
        }
        pending.add(stored);
        pendingBlobs += stored.blobs().size();
    }

    /** Writes the packs that no index file names yet. */
    synchronized void save() throws IOException {
        if (pending.isEmpty()) {
            return;
        }
        files.save(FileType.INDEX, IndexCodec.write(pending));
        pending.forEach(index::add);
        pending.clear();
        pendingBlobs = 0;
    }
}
