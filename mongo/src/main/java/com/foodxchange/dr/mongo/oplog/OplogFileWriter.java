package com.foodxchange.dr.mongo.oplog;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** Writes entries to an {@code oplog.bson} in chunks of about 1 MiB that end between entries. Not thread-safe. */
public final class OplogFileWriter implements EntrySink, AutoCloseable {
    private static final int CHUNK = 1 << 20;

    private final DumpSink.Part part;
    private byte[] chunk = new byte[0];
    private int filled;
    private @Nullable OpTime first;
    private long entries;
    private long bytes;

    /** The part is closed with this writer. */
    public OplogFileWriter(DumpSink.Part part) {
        this.part = part;
    }

    @Override
    public void accept(byte[] buffer, int offset, int length, OpTime at) throws IOException, InterruptedException {
        if (length > chunk.length - filled) {
            flush();
            chunk = new byte[Math.max(CHUNK, length)];
        }
        System.arraycopy(buffer, offset, chunk, filled, length);
        filled += length;
        if (first == null) {
            first = at;
        }
        entries++;
        bytes += length;
    }

    private void flush() throws IOException, InterruptedException {
        if (filled > 0) {
            part.write(chunk, filled);
            // The written array belongs to the sink now.
            chunk = new byte[0];
            filled = 0;
        }
    }

    /** The oldest entry written; null when there is none. */
    public @Nullable OpTime first() {
        return first;
    }

    public long entries() {
        return entries;
    }

    public long bytes() {
        return bytes;
    }

    /** Writes what is still here and closes the part. */
    @Override
    public void close() throws IOException {
        try (part) {
            flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while writing the oplog").initCause(e);
        }
    }
}
