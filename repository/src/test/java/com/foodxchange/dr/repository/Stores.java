package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What tests do to the files of a repository behind its back. */
final class Stores {
    private Stores() {}

    static MemoryBlobStore copy(BlobStore store) throws IOException {
        MemoryBlobStore copy = new MemoryBlobStore();
        for (FileType type : FileType.values()) {
            for (Handle handle : files(store, type)) {
                byte[] bytes = store.load(handle);
                copy.save(handle, bytes, bytes.length);
            }
        }
        return copy;
    }

    /** The files of a type, sorted by name. */
    static List<Handle> files(BlobStore store, FileType type) throws IOException {
        List<Handle> handles = new ArrayList<>();
        for (Entry entry : store.list(type)) {
            handles.add(new Handle(type, entry.name()));
        }
        handles.sort(Comparator.comparing(Handle::name));
        return handles;
    }

    static void replace(BlobStore store, Handle handle, byte[] bytes) throws IOException {
        store.delete(handle);
        store.save(handle, bytes, bytes.length);
    }

    static void flip(BlobStore store, Handle handle, int position) throws IOException {
        byte[] bytes = store.load(handle);
        bytes[position] ^= 0x10;
        replace(store, handle, bytes);
    }

    /** As if the processes that held them had been declared dead. */
    static void removeLocks(BlobStore store) throws IOException {
        for (Handle handle : files(store, FileType.LOCK)) {
            store.delete(handle);
        }
    }

    static long packBytes(BlobStore store) throws IOException {
        return store.list(FileType.DATA).stream().mapToLong(Entry::size).sum();
    }
}
