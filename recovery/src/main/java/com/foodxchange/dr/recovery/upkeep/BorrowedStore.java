package com.foodxchange.dr.recovery.upkeep;

import com.foodxchange.dr.repository.store.BlobStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A store that somebody else closes. */
record BorrowedStore(BlobStore store) implements BlobStore {
    @Override
    public void save(Handle handle, byte[] bytes, int length) throws IOException {
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
