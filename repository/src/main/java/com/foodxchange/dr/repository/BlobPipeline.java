package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Stores blobs: processors hash, compress and encrypt while other threads verify and store the packs that are full.
 * Both are bounded, so callers wait when they are faster. A blob that is there already, or on its way, is not stored
 * again. Thread-safe.
 */
final class BlobPipeline {
    private static final long MAX_BYTES_UNDER_WAY = 32 << 20;
    private static final int MAX_PACKS = 4;
    private static final int UPLOADS = 2;
    private static final Duration STOP_WITHIN = Duration.ofMinutes(1);

    private final RepositoryFiles files;
    private final Index index;
    private final Set<BlobId> unusablePacks;
    private final IndexBuilder indexBuilder;
    private final CodecPool codecs;
    private final ExecutorService workers = Parallel.pool("pack", Parallel.THREADS);
    private final ExecutorService uploaders = Parallel.pool("upload", UPLOADS);
    private final Budget chunks = new Budget(MAX_BYTES_UNDER_WAY);
    private final Budget packs = new Budget(MAX_PACKS);
    private final Map<BlobType, BlobIdSet> claimed = new EnumMap<>(BlobType.class);
    private final Map<BlobType, PackBuilder> open = new EnumMap<>(BlobType.class);
    private final Deque<PackBuilder> spare = new ArrayDeque<>();

    final LongAdder bytesRead = new LongAdder();
    final LongAdder bytesNew = new LongAdder();
    final LongAdder bytesStored = new LongAdder();
    final LongAdder blobsNew = new LongAdder();
    final LongAdder treesNew = new LongAdder();
    final LongAdder blobsReused = new LongAdder();
    final LongAdder packsStored = new LongAdder();

    /**
     * @param unusablePacks packs that the index names but that are not there as they should be
     * @param requireLock throws if the lock of the writer was lost
     */
    BlobPipeline(RepositoryFiles files, Index index, Set<BlobId> unusablePacks, Runnable requireLock) {
        this.files = files;
        this.index = index;
        this.unusablePacks = unusablePacks;
        indexBuilder = new IndexBuilder(files, index, InstantSource.system(), requireLock);
        codecs = new CodecPool(files.key());
        claimed.put(BlobType.DATA, new BlobIdSet());
        claimed.put(BlobType.TREE, new BlobIdSet());
    }

    /**
     * Hands a blob over and returns as soon as there is room for it.
     *
     * @param named is told the id, by another thread, before {@link #awaitBlobs} returns
     */
    void store(BlobType type, byte[] bytes, int length, Consumer<BlobId> named) throws InterruptedException {
        long weight = bytes.length;
        chunks.acquire(weight);
        workers.execute(() -> {
            try (CodecPool.Lease lease = codecs.borrow()) {
                named.accept(storeNow(type, bytes, length, lease.codec()));
                chunks.release(weight);
            } catch (Throwable e) {
                fail(e);
            }
        });
    }

    private BlobId storeNow(BlobType type, byte[] bytes, int length, BlobCodec codec) throws InterruptedException {
        BlobId id = codec.hash(bytes, 0, length);
        if (type == BlobType.DATA) {
            bytesRead.add(length);
        }
        if (isKnown(type, id) || !claim(type, id)) {
            blobsReused.increment();
            return id;
        }
        int sealedLength = codec.seal(bytes, length);
        bytesNew.add(length);
        bytesStored.add(sealedLength);
        (type == BlobType.DATA ? blobsNew : treesNew).increment();
        append(type, id, length, codec.sealed(), sealedLength);
        return id;
    }

    private boolean isKnown(BlobType type, BlobId id) {
        if (unusablePacks.isEmpty()) {
            return index.contains(type, id);
        }
        return index.locations(type, id).stream().anyMatch(at -> !unusablePacks.contains(at.pack()));
    }

    /** Whether this thread is the first to bring the blob, and so has to store it. */
    private boolean claim(BlobType type, BlobId id) {
        BlobIdSet ids = claimed.get(type);
        return ids != null && ids.add(id);
    }

    private void append(BlobType type, BlobId id, int length, byte[] sealed, int sealedLength)
            throws InterruptedException {
        synchronized (open) {
            PackBuilder pack = open.get(type);
            if (pack == null) {
                pack = take();
                open.put(type, pack);
            }
            pack.add(type, id, length, sealed, sealedLength);
            if (pack.isFull()) {
                open.remove(type);
                upload(pack);
            }
        }
    }

    private PackBuilder take() throws InterruptedException {
        packs.acquire(1);
        synchronized (spare) {
            PackBuilder pack = spare.poll();
            return pack == null ? new PackBuilder() : pack;
        }
    }

    private void upload(PackBuilder pack) {
        uploaders.execute(() -> {
            try (CodecPool.Lease lease = codecs.borrow()) {
                save(pack, lease.codec());
                pack.clear();
                synchronized (spare) {
                    spare.add(pack);
                }
                packs.release(1);
            } catch (Throwable e) {
                fail(e);
            }
        });
    }

    private void save(PackBuilder pack, BlobCodec codec) throws IOException {
        try {
            PackBlobs blobs = pack.finish(new MessageCipher(files.key()), codec);
            files.store().save(new Handle(FileType.DATA, blobs.pack().hex()), pack.bytes(), pack.length());
            packsStored.increment();
            indexBuilder.add(blobs);
        } catch (FormatException e) {
            throw new RepositoryException(
                    RepositoryException.Kind.DAMAGED,
                    "a pack was not readable before it was stored: " + e.getMessage(),
                    "the memory or processor of this machine fails; use another one",
                    e);
        }
    }

    private void fail(Throwable cause) {
        chunks.fail(cause);
        packs.fail(cause);
    }

    /** Waits until every blob that was handed over has its id. */
    void awaitBlobs() throws InterruptedException {
        chunks.awaitIdle();
    }

    /** Makes every blob durable: packs first, then the index. Called when nobody hands over any more. */
    void flush() throws InterruptedException {
        awaitBlobs();
        synchronized (open) {
            open.values().forEach(this::upload);
            open.clear();
        }
        packs.awaitIdle();
        try {
            indexBuilder.save();
        } catch (IOException e) {
            throw RepositoryException.storage("cannot write the index", e);
        }
    }

    /**
     * Stops at once. Packs that are stored already get their index, so that the next attempt finds them.
     *
     * @return false if a thread is still stuck in the store, and might add to it later
     */
    boolean stop() {
        fail(new IllegalStateException("the snapshot was closed"));
        workers.shutdownNow();
        uploaders.shutdownNow();
        codecs.close();
        boolean stopped = Parallel.awaitEnd(workers, STOP_WITHIN) && Parallel.awaitEnd(uploaders, STOP_WITHIN);
        try {
            indexBuilder.save();
        } catch (IOException | RepositoryException e) {
            // Then the next attempt stores the same packs again.
        }
        return stopped;
    }
}
