package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A store of which some operation fails, as when the disk is full. Thread-safe. */
record FaultyBlobStore(BlobStore store, AtomicLong operationsUntilFailure) implements BlobStore {
    FaultyBlobStore(BlobStore store, long operationsUntilFailure) {
        this(store, new AtomicLong(operationsUntilFailure));
    }

    private void step() throws IOException {
        if (operationsUntilFailure.decrementAndGet() < 0) {
            throw new IOException("No space left on device");
        }
    }

    /** Whether everything that was asked for was done. */
    boolean neverFailed() {
        return operationsUntilFailure.get() >= 0;
    }

    @Override
    public void save(Handle handle, byte[] bytes, int length) throws IOException {
        step();
        store.save(handle, bytes, length);
    }

    @Override
    public byte[] load(Handle handle) throws IOException {
        step();
        return store.load(handle);
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws IOException {
        step();
        return store.load(handle, offset, length);
    }

    @Override
    public List<Entry> list(FileType type) throws IOException {
        step();
        return store.list(type);
    }

    @Override
    public void delete(Handle handle) throws IOException {
        store.delete(handle);
    }

    @Override
    public boolean exists(Handle handle) throws IOException {
        step();
        return store.exists(handle);
    }

    @Override
    public int removeLeftovers(Instant before) throws IOException {
        return store.removeLeftovers(before);
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void close() {}
}
