package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A store where packs are never saved: who tries is stuck until interrupted. Thread-safe. */
record StuckBlobStore(BlobStore store, CountDownLatch saving) implements BlobStore {
    @Override
    public void save(Handle handle, byte[] bytes, int length) throws IOException {
        if (handle.type() == FileType.DATA) {
            saving.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted");
            }
        }
        store.save(handle, bytes, length);
    }

    @Override
    public byte[] load(Handle handle) throws IOException {
        return store.load(handle);
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws IOException {
        return store.load(handle, offset, length);
    }

    @Override
    public List<Entry> list(FileType type) throws IOException {
        return store.list(type);
    }

    @Override
    public void delete(Handle handle) throws IOException {
        store.delete(handle);
    }

    @Override
    public boolean exists(Handle handle) throws IOException {
        return store.exists(handle);
    }

    @Override
    public Duration listingDelay() {
        return store.listingDelay();
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
