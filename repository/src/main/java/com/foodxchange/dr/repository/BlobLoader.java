package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.Index.Location;
import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.store.BlobStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Fetches blobs and verifies them; one that is damaged in one pack is taken from another. Thread-safe. */
final class BlobLoader implements AutoCloseable {
    private final BlobStore store;
    private final CodecPool codecs;
    private final ExecutorService workers = Parallel.pool("read", Parallel.THREADS);

    BlobLoader(RepositoryFiles files) {
        store = files.store();
        codecs = new CodecPool(files.key());
    }

    ExecutorService workers() {
        return workers;
    }

    CodecPool codecs() {
        return codecs;
    }

    /** The stored bytes of a stretch of a pack. */
    byte[] range(BlobId pack, long offset, int length) throws IOException {
        return store.load(PackReader.handle(pack), offset, length);
    }

    /**
     * The plaintext of a blob.
     *
     * @param what what it is part of, for the message
     * @throws RepositoryException DAMAGED if no copy is intact, STORAGE if copies cannot be read
     */
    byte[] load(List<Location> copies, BlobId id, String what) {
        List<String> failures = new ArrayList<>();
        IOException unreadable = null;
        for (Location copy : copies) {
            PackedBlob blob = copy.blob();
            try (CodecPool.Lease lease = codecs.borrow()) {
                byte[] stored = range(copy.pack(), blob.offset(), blob.length());
                return lease.codec().open(blob, stored, 0);
            } catch (NoSuchFileException e) {
                failures.add("pack " + copy.pack() + " is missing");
            } catch (EOFException e) {
                failures.add("pack " + copy.pack() + " is too short");
            } catch (FormatException e) {
                failures.add("in pack " + copy.pack() + " " + e.getMessage());
            } catch (IOException e) {
                failures.add("pack " + copy.pack() + " cannot be read: " + e.getMessage());
                unreadable = e;
            }
        }
        String reason = failures.isEmpty() ? "no index names it" : String.join(", ", failures);
        String message = "blob %s of %s is lost: %s".formatted(id, what, reason);
        if (unreadable != null) {
            throw new RepositoryException(Kind.STORAGE, message, "check the disk, then try again", unreadable);
        }
        throw RepositoryException.damaged(message);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        codecs.close();
    }
}
