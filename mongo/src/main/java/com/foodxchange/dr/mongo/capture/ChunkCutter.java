package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DocumentConsumer;
import com.foodxchange.dr.mongo.bson.IdKey;
import com.foodxchange.dr.mongo.dump.DumpSink;
import java.io.IOException;
import java.util.Arrays;

/**
 * Joins documents to chunks that end where a hash of the next document's {@code _id} says so: as long as the documents
 * of a range stay the same, so do their chunks, whatever was inserted, changed or removed before and after them. Chunks
 * are 1 MiB on average. Not thread-safe.
 */
final class ChunkCutter implements DocumentConsumer {
    static final int MEAN = 1 << 20;
    static final int MIN = 256 << 10;
    static final int MAX = 8 << 20;
    /** A byte is the last of a chunk with the probability of one in so many, once the chunk has its minimum. */
    private static final int SPREAD = MEAN - MIN;

    private static final int FIRST_CAPACITY = MEAN + MIN;

    private final DumpSink.Part part;
    private final ContentHash hash = new ContentHash();
    private final IdKey key = new IdKey();
    private byte[] chunk = new byte[0];
    private int filled;
    private long chunks;

    ChunkCutter(DumpSink.Part part) {
        this.part = part;
    }

    /**
     * Whether a chunk begins with a document of that length whose {@code _id} has that hash. The longer documents are, the
     * more of them begin a chunk, so that chunks are of about the same size in every collection.
     */
    static boolean beginsChunk(long idHash, int length) {
        return length >= SPREAD || idHash >>> 1 < length * (Long.MAX_VALUE / SPREAD);
    }

    @Override
    public void accept(byte[] buffer, int offset, int length) throws IOException, InterruptedException {
        hash.add(buffer, offset, length);
        if (filled > 0 && cutsBefore(buffer, offset, length)) {
            flush();
        }
        if (chunk.length - filled < length) {
            grow(length);
        }
        System.arraycopy(buffer, offset, chunk, filled, length);
        filled += length;
    }

    private boolean cutsBefore(byte[] buffer, int offset, int length) {
        if (filled + length > MAX) {
            return true;
        }
        return filled >= MIN && key.readFrom(buffer, offset) && beginsChunk(key.hash(), length);
    }

    private void grow(int length) {
        int wanted = Math.max(filled + length, filled == 0 ? FIRST_CAPACITY : chunk.length * 2);
        chunk = filled == 0 ? new byte[wanted] : Arrays.copyOf(chunk, Math.min(wanted, MAX + MIN));
    }

    /** Writes the chunk that is not complete yet; called once, after the last document. */
    void finish() throws IOException, InterruptedException {
        if (filled > 0) {
            flush();
        }
    }

    private void flush() throws IOException, InterruptedException {
        part.write(chunk, filled);
        // The written array belongs to the sink now.
        chunk = new byte[0];
        filled = 0;
        chunks++;
    }

    ContentHash hash() {
        return hash;
    }

    long chunks() {
        return chunks;
    }
}
