package com.foodxchange.dr.repository.store;

import java.io.EOFException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files in memory, gone with the process: for tests and demonstrations. */
public final class MemoryBlobStore implements BlobStore {
    private final Map<Handle, byte[]> files = new ConcurrentHashMap<>();

    @Override
    public void save(Handle handle, byte[] bytes, int length) throws FileAlreadyExistsException {
        byte[] there = files.putIfAbsent(handle, Arrays.copyOf(bytes, length));
        if (there != null && !Arrays.equals(there, 0, there.length, bytes, 0, length)) {
            throw new FileAlreadyExistsException(describe(handle), null, "other bytes are there under this name");
        }
    }

    @Override
    public byte[] load(Handle handle) throws NoSuchFileException {
        return find(handle).clone();
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws NoSuchFileException, EOFException {
        byte[] bytes = find(handle);
        if (offset + length > bytes.length) {
            throw new EOFException(describe(handle) + " has only " + bytes.length + " bytes");
        }
        return Arrays.copyOfRange(bytes, Math.toIntExact(offset), Math.toIntExact(offset + length));
    }

    private byte[] find(Handle handle) throws NoSuchFileException {
        byte[] bytes = files.get(handle);
        if (bytes == null) {
            throw new NoSuchFileException(describe(handle));
        }
        return bytes;
    }

    @Override
    public List<Entry> list(FileType type) {
        List<Entry> entries = new ArrayList<>();
        files.forEach((handle, bytes) -> {
            if (handle.type() == type) {
                entries.add(new Entry(handle.name(), bytes.length));
            }
        });
        return entries;
    }

    @Override
    public void delete(Handle handle) {
        files.remove(handle);
    }

    @Override
    public boolean exists(Handle handle) {
        return files.containsKey(handle);
    }

    @Override
    public int removeLeftovers(Instant before) {
        return 0;
    }

    @Override
    public Duration listingDelay() {
        return Duration.ZERO;
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public void close() {}

    private static String describe(Handle handle) {
        return "memory: " + handle.type() + " " + handle.name();
    }
}
