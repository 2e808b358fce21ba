package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/**
 * Does what a prune has chosen, in an order in which every moment is a good one to be killed at: what is needed is always
 * named by an index file, and no index file ever names what is not there.
 */
final class PruneExecution {
    private static final Duration LEFTOVER_AGE = Duration.ofDays(1);

    private final Repository repository;
    private final RepositoryLock lock;
    private final PruneChoice choice;
    private final PackProgress progress;
    private final Queue<PackBlobs> created = new ConcurrentLinkedQueue<>();
    private final long allBytes;
    private long packsDone;
    private long bytesDone;

    PruneExecution(Repository repository, RepositoryLock lock, PruneChoice choice, PackProgress progress) {
        this.repository = repository;
        this.lock = lock;
        this.choice = choice;
        this.progress = progress;
        allBytes = choice.summary().bytesRepacked();
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        repack();
        if (choice.summary().writesIndex()) {
            lock.requireHeld();
            writeIndex();
            // From here on the new files alone say everything; the old ones still promise packs that are to go.
            for (String name : choice.loaded().files()) {
                delete(FileType.INDEX, name);
            }
        }
        for (BlobId pack : concat(choice.remove(), choice.repack())) {
            delete(FileType.DATA, pack.hex());
        }
        store().removeLeftovers(Instant.now().minus(LEFTOVER_AGE));
    }

    private void repack() throws InterruptedException, ExecutionException {
        Queue<BlobId> packs = new ConcurrentLinkedQueue<>(choice.repack());
        if (!packs.isEmpty()) {
            Parallel.forEach(Collections.nCopies(Math.min(Parallel.THREADS, packs.size()), packs), this::repackAll);
        }
    }

    private void repackAll(Queue<BlobId> packs) throws IOException {
        try (Repacker repacker = new Repacker(choice, repository.loader(), created)) {
            for (BlobId pack = packs.poll(); pack != null; pack = packs.poll()) {
                repacker.copy(pack);
                count(choice.size(pack));
            }
            repacker.finish();
        }
    }

    private synchronized void count(long bytes) {
        packsDone++;
        bytesDone += bytes;
        progress.done(packsDone, choice.repack().size(), bytesDone, allBytes);
    }

    private void writeIndex() throws IOException {
        List<PackBlobs> pending = new ArrayList<>();
        int blobs = 0;
        for (PackBlobs pack : created) {
            blobs = add(pack, pending, blobs);
        }
        for (BlobId pack : choice.keep()) {
            blobs = add(new PackBlobs(pack, choice.loaded().index().blobsOf(pack)), pending, blobs);
        }
        if (blobs > 0) {
            choice.files().save(FileType.INDEX, IndexCodec.write(pending));
        }
    }

    private int add(PackBlobs pack, List<PackBlobs> pending, int blobs) throws IOException {
        int before = blobs;
        if (before > 0 && before + pack.blobs().size() > IndexBuilder.MAX_BLOBS) {
            choice.files().save(FileType.INDEX, IndexCodec.write(pending));
            pending.clear();
            before = 0;
        }
        pending.add(pack);
        return before + pack.blobs().size();
    }

    private void delete(FileType type, String name) throws IOException {
        lock.requireHeld();
        store().delete(new Handle(type, name));
    }

    private BlobStore store() {
        return choice.files().store();
    }

    private static List<BlobId> concat(Collection<BlobId> one, Collection<BlobId> other) {
        List<BlobId> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
