package com.foodxchange.dr.mongo.dump;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DocumentConsumer;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Collects documents into chunks of about 1 MiB that end at document boundaries, and writes them to a file of a dump. */
final class DocumentChunks implements DocumentConsumer, Closeable {
    private static final int CHUNK = 1 << 20;

    private final DumpSink sink;
    private final String path;
    private final ContentHash hash = new ContentHash();
    private DumpSink.@Nullable Part part;
    private byte[] chunk = new byte[CHUNK];
    private int filled;

    DocumentChunks(DumpSink sink, String path) {
        this.sink = sink;
        this.path = path;
    }

    /** Makes the file, which otherwise comes with the first document. */
    DumpSink.Part begin() throws IOException {
        DumpSink.Part current = part;
        if (current == null) {
            current = sink.create(path).nextPart();
            part = current;
        }
        return current;
    }

    @Override
    public void accept(byte[] buffer, int offset, int length) throws IOException, InterruptedException {
        hash.add(buffer, offset, length);
        if (length > chunk.length - filled) {
            flush();
        }
        if (length > chunk.length) {
            chunk = new byte[length];
        }
        System.arraycopy(buffer, offset, chunk, filled, length);
        filled += length;
    }

    /** Writes what is left; what the file holds. */
    ContentHash.Value finish() throws IOException, InterruptedException {
        flush();
        return hash.value();
    }

    private void flush() throws IOException, InterruptedException {
        if (filled > 0) {
            begin().write(chunk, filled);
            // The written array belongs to the sink now.
            chunk = new byte[CHUNK];
            filled = 0;
        }
    }

    @Override
    public void close() throws IOException {
        if (part != null) {
            part.close();
        }
    }
}
