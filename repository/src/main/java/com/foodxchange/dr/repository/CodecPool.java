package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MasterKey;
import java.util.ArrayDeque;
import java.util.Deque;

/** Codecs for whoever needs one for a while: each holds native memory, so there are as many as work at once. Thread-safe. */
final class CodecPool implements AutoCloseable {
    private final MasterKey key;
    private final Deque<BlobCodec> free = new ArrayDeque<>();
    private boolean closed;

    CodecPool(MasterKey key) {
        this.key = key;
    }

    /** The right to use a codec. */
    record Lease(BlobCodec codec, CodecPool pool) implements AutoCloseable {
        @Override
        public void close() {
            pool.giveBack(codec);
        }
    }

    synchronized Lease borrow() {
        BlobCodec codec = free.poll();
        return new Lease(codec == null ? new BlobCodec(key) : codec, this);
    }

    private synchronized void giveBack(BlobCodec codec) {
        if (closed) {
            codec.close();
        } else {
            codec.trim();
            free.push(codec);
        }
    }

    /** Frees the codecs; those in use when they are given back. */
    @Override
    public synchronized void close() {
        closed = true;
        free.forEach(BlobCodec::close);
        free.clear();
    }
}
