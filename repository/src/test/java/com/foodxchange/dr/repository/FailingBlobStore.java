package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A store whose owner is killed at a call: that call is done or not, and every later one fails. */
final class FailingBlobStore implements BlobStore {
    private final BlobStore store;
    private final int lastCall;
    private final boolean doneAtLast;
    private int calls;

    /** {@code lastCall}: how many calls that change something succeed. */
    FailingBlobStore(BlobStore store, int lastCall, boolean doneAtLast) {
        this.store = store;
        this.lastCall = lastCall;
        this.doneAtLast = doneAtLast;
    }

    private interface Change {
        void run() throws IOException;
    }

    private synchronized void change(Change change) throws IOException {
        calls++;
        if (calls > lastCall + 1) {
            throw new IOException("killed");
        }
        if (calls <= lastCall) {
            change.run();
            return;
        }
        if (doneAtLast) {
            change.run();
        }
        throw new IOException("killed");
    }

    private synchronized void look() throws IOException {
        if (calls > lastCall) {
            throw new IOException("killed");
        }
    }

    synchronized boolean killed() {
        return calls > lastCall;
    }

    @Override
    public void save(Handle handle, byte[] bytes, int length) throws IOException {
        change(() -> store.save(handle, bytes, length));
    }

    @Override
    public byte[] load(Handle handle) throws IOException {
        look();
        return store.load(handle);
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws IOException {
        look();
        return store.load(handle, offset, length);
    }

    @Override
    public List<Entry> list(FileType type) throws IOException {
        look();
        return store.list(type);
    }

    @Override
    public void delete(Handle handle) throws IOException {
        change(() -> store.delete(handle));
    }

    @Override
    public boolean exists(Handle handle) throws IOException {
        look();
        return store.exists(handle);
    }

    @Override
    public int removeLeftovers(Instant before) throws IOException {
        look();
        return store.removeLeftovers(before);
    }

    @Override
    public Duration listingDelay() {
        return store.listingDelay();
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void close() {}
}
