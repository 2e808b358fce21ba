package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.oplog.EntrySink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read from an oplog and is not in the repository yet, in segments on this machine's disk. It belongs to
 * this process until it is closed. Thread-safe.
 */
final class Spool implements EntrySink, Closeable {
    private final SpoolFolder folder;
    private final SpoolFolder.Lock lock;
    private @Nullable Origin origin;
    private @Nullable OpTime position;
    private @Nullable SegmentWriter current;
    private @Nullable IOException failure;
    private boolean dirty;
    private long entries;
    private long entryBytes;

    /** @throws com.foodxchange.dr.recovery.RecoveryException BUSY when another process has it */
    Spool(SpoolFolder folder) throws IOException {
        this.folder = folder;
        this.lock = folder.lock();
    }

    /** What is appended from now on follows that entry. */
    synchronized void continueAfter(Origin from, OpTime previous) throws IOException {
        checkWhole();
        closeCurrent();
        origin = from;
        position = previous;
    }

    /** How far the oplog has been read; null before {@link #continueAfter}. */
    synchronized @Nullable OpTime position() {
        return position;
    }

    @Override
    public synchronized void accept(byte[] buffer, int offset, int length, OpTime at) throws IOException {
        guarded(() -> segment().entry(buffer, offset, length));
        position = at;
        entries++;
        entryBytes += length;
        dirty = true;
    }

    /** The oplog has been read up to here, and what was read after the last entry is not wanted. */
    synchronized void reached(OpTime upTo) throws IOException {
        if (!upTo.equals(position)) {
            guarded(() -> segment().reached(upTo));
            position = upTo;
            dirty = true;
        }
    }

    private SegmentWriter segment() throws IOException {
        if (current == null) {
            if (origin == null || position == null) {
                throw new IllegalStateException("nobody said what the spool continues");
            }
            current = new SegmentWriter(folder.nextSegment(), SegmentHeader.of(origin, position));
        }
        return current;
    }

    /** Makes durable what was appended; returns whether there was something. */
    synchronized boolean force() throws IOException {
        SegmentWriter segment = current;
        if (segment == null || !dirty) {
            return false;
        }
        guarded(segment::force);
        dirty = false;
        return true;
    }

    /** Something that writes. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    /**
     * After one failure nothing is appended any more: whatever comes later would follow something that may be missing. What
     * is whole in the segment can be stored all the same.
     */
    private void guarded(Writing writing) throws IOException {
        checkWhole();
        try {
            writing.run();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private void checkWhole() throws IOException {
        if (failure != null) {
            throw new IOException(
                    "the spool in " + folder.path() + " could not be written: " + failure.getMessage(), failure);
        }
    }

    synchronized long entries() {
        return entries;
    }

    synchronized long entryBytes() {
        return entryBytes;
    }

    /** The bytes in the segment that is being written. */
    synchronized long currentBytes() {
        return current == null ? 0 : current.bytes();
    }

    /** Ends the current segment. All segments that are complete and not deleted yet, oldest first. */
    synchronized List<Path> rotate() throws IOException {
        closeCurrent();
        return folder.segments();
    }

    private void closeCurrent() throws IOException {
        SegmentWriter segment = current;
        current = null;
        dirty = false;
        if (segment != null && failure == null) {
            guarded(segment::close);
        } else if (segment != null) {
            segment.abandon();
        }
    }

    /** Called when what is in them is durable elsewhere. */
    static void delete(List<Path> segments) throws IOException {
        for (Path segment : segments) {
            Files.deleteIfExists(segment);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (lock) {
            closeCurrent();
        }
    }
}
