package com.foodxchange.dr.mongo.oplog;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes entries to an {@code oplog.bson} in chunks of about 1 MiB. Not thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable", "ObjectToString"})
public final class OplogFileWriter implements EntrySink, AutoCloseable {
    private final DumpSink.Part part;
    private @Nullable OpTime first;
    private long entries;
    private long bytes;

    /** The part is closed with this writer. */
    public OplogFileWriter(DumpSink.Part part) {
        this.part = part;
    }

    @Override
    public void accept(byte[] buffer, int offset, int length, OpTime at) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
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

    @Override
    public void close() throws IOException {
        part.close();
    }
}
