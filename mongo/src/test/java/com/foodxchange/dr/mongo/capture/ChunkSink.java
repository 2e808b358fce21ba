package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.dump.DumpSink;
import com.foodxchange.dr.mongo.dump.MemoryDump;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps a dump in memory, chunk by chunk. */
public final class ChunkSink implements DumpSink {
    private final Map<String, List<MemoryPart>> files = new TreeMap<>();

    private static final class MemoryPart implements Part {
        private final List<byte[]> chunks = new ArrayList<>();
        private boolean closed;

        @Override
        public synchronized void write(byte[] chunk, int length) {
            chunks.add(Arrays.copyOf(chunk, length));
        }

        @Override
        public synchronized void close() {
            closed = true;
        }
    }

    @Override
    public synchronized File create(String path) throws IOException {
        List<MemoryPart> parts = new ArrayList<>();
        if (files.put(path, parts) != null) {
            throw new IOException("created twice: " + path);
        }
        return () -> newPart(parts);
    }

    private synchronized Part newPart(List<MemoryPart> parts) {
        MemoryPart part = new MemoryPart();
        parts.add(part);
        return part;
    }

    public List<byte[]> chunks(String path) {
        List<byte[]> chunks = new ArrayList<>();
        files.getOrDefault(path, List.of()).forEach(part -> chunks.addAll(part.chunks));
        return chunks;
    }

    public int parts(String path) {
        return files.getOrDefault(path, List.of()).size();
    }

    /** The dump as a source; every part has to be closed. */
    public MemoryDump dump() {
        MemoryDump dump = new MemoryDump();
        files.forEach((path, parts) -> {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (MemoryPart part : parts) {
                if (!part.closed) {
                    throw new IllegalStateException("a part of " + path + " was not closed");
                }
                part.chunks.forEach(content::writeBytes);
            }
            dump.put(path, content.toByteArray());
        });
        return dump;
    }
}
