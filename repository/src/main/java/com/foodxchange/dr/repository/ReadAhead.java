package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.Index.Location;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blobs of a file ahead of who takes them. What is needed next is grouped by pack, and blobs that lie close
 * together are fetched in one go; other threads fetch, decrypt, decompress and hash.
 */
final class ReadAhead implements BlobStream {
    /** Bytes that are decoded but not taken, or being decoded. */
    private static final long WINDOW = 24 << 20;
    /** Fetching a gap is cheaper than another request. */
    private static final int MAX_GAP = 128 << 10;
    /** Small enough that all processors have something to decode. */
    private static final int MAX_FETCH = 2 << 20;

    private final BlobLoader loader;
    private final Index index;
    private final BlobIdList blobs;
    private final SingleBlobs singleBlobs;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long pendingBytes;
    private int planned;
    private volatile boolean closed;

    /** A blob that was asked for. */
    private record Pending(BlobId id, List<Location> copies, CompletableFuture<byte[]> plain) {
        PackedBlob blob() {
            return copies.getFirst().blob();
        }

        int weight() {
            return copies.isEmpty() ? 0 : blob().plainLength();
        }
    }

    /** Gets a blob that did not come with its neighbours. */
    interface SingleBlobs {
        byte[] load(BlobId id) throws InterruptedException;
    }

    ReadAhead(BlobLoader loader, Index index, BlobIdList blobs, SingleBlobs singleBlobs) {
        this.loader = loader;
        this.index = index;
        this.blobs = blobs;
        this.singleBlobs = singleBlobs;
    }

    @Override
    public byte @Nullable [] next() throws InterruptedException {
        if (pendingBytes <= WINDOW / 2) {
            plan();
        }
        Pending next = pending.poll();
        if (next == null) {
            return null;
        }
        try {
            byte[] plain = next.plain().get();
            pendingBytes -= next.weight();
            return plain;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RepositoryException failure
                    ? new RepositoryException(
                            failure.kind(), String.valueOf(failure.getMessage()), failure.hint(), failure)
                    : new IllegalStateException("reading failed", e.getCause());
        }
    }

    private void plan() {
        Map<BlobId, List<Pending>> byPack = new LinkedHashMap<>();
        while (planned < blobs.size() && (pendingBytes < WINDOW || pending.isEmpty())) {
            BlobId id = blobs.get(planned++);
            Pending blob = new Pending(id, index.locations(BlobType.DATA, id), new CompletableFuture<>());
            pending.add(blob);
            if (blob.copies().isEmpty()) {
                loader.workers().execute(() -> loadAlone(blob));
                continue;
            }
            pendingBytes += blob.weight();
            byPack.computeIfAbsent(blob.copies().getFirst().pack(), pack -> new ArrayList<>())
                    .add(blob);
        }
        byPack.forEach(this::fetch);
    }

    private void fetch(BlobId pack, List<Pending> wanted) {
        wanted.sort(Comparator.comparingLong(blob -> blob.blob().offset()));
        List<Pending> together = new ArrayList<>();
        long start = 0;
        long end = 0;
        for (Pending one : wanted) {
            PackedBlob blob = one.blob();
            if (!together.isEmpty() && (blob.offset() - end > MAX_GAP || blob.end() - start > MAX_FETCH)) {
                submit(pack, together);
                together = new ArrayList<>();
            }
            if (together.isEmpty()) {
                start = blob.offset();
            }
            together.add(one);
            end = Math.max(end, blob.end());
        }
        submit(pack, together);
    }

    private void submit(BlobId pack, List<Pending> together) {
        loader.workers().execute(() -> {
            try {
                if (!closed) {
                    fetchNow(pack, together);
                }
            } catch (Throwable e) {
                together.forEach(blob -> blob.plain().completeExceptionally(e));
            }
        });
    }

    private void fetchNow(BlobId pack, List<Pending> together) {
        long start = together.getFirst().blob().offset();
        long end = together.stream().mapToLong(one -> one.blob().end()).max().orElse(start);
        byte[] stored;
        try {
            stored = loader.range(pack, start, (int) (end - start));
        } catch (IOException e) {
            together.forEach(this::loadAlone);
            return;
        }
        try (CodecPool.Lease lease = loader.codecs().borrow()) {
            for (Pending one : together) {
                decode(one, stored, (int) (one.blob().offset() - start), lease.codec());
            }
        }
    }

    private void decode(Pending one, byte[] stored, int offset, BlobCodec codec) {
        try {
            one.plain().complete(codec.open(one.blob(), stored, offset));
        } catch (FormatException e) {
            loadAlone(one);
        }
    }

    private void loadAlone(Pending one) {
        try {
            one.plain().complete(singleBlobs.load(one.id()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            one.plain().completeExceptionally(e);
        } catch (RuntimeException e) {
            one.plain().completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        pending.clear();
        planned = blobs.size();
    }
}
