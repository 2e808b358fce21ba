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

    /** Something that happens once, in the middle of a capture. */
    public interface Incident {
        void happen() throws Exception;
    }

    private String incidentPath = "";
    private Incident incident = () -> {};

    private final class MemoryPart implements Part {
        private final String path;
        private final List<byte[]> chunks = new ArrayList<>();
        private boolean closed;

        MemoryPart(String path) {
            this.path = path;
        }

        @Override
        public void write(byte[] chunk, int length) throws IOException {
            synchronized (ChunkSink.this) {
                chunks.add(Arrays.copyOf(chunk, length));
            }
            incidentAt(path);
        }

        @Override
        public void close() {
            synchronized (ChunkSink.this) {
                closed = true;
            }
        }
    }

    /** The incident happens when the first chunk of that file was written. */
    public ChunkSink afterFirstChunk(String path, Incident what) {
        incidentPath = path;
        incident = what;
        return this;
    }

    private void incidentAt(String path) throws IOException {
        Incident now;
        synchronized (this) {
            if (!path.equals(incidentPath)) {
                return;
            }
            incidentPath = "";
            now = incident;
        }
        try {
            now.happen();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether what was to happen has happened. */
    public synchronized boolean incidentHappened() {
        return incidentPath.isEmpty();
    }

    @Override
    public synchronized File create(String path) throws IOException {
        List<MemoryPart> parts = new ArrayList<>();
        if (files.put(path, parts) != null) {
            throw new IOException("created twice: " + path);
        }
        return () -> newPart(path, parts);
    }

    private synchronized Part newPart(String path, List<MemoryPart> parts) {
        MemoryPart part = new MemoryPart(path);
        parts.add(part);
        return part;
    }

    public synchronized List<byte[]> chunks(String path) {
        List<byte[]> chunks = new ArrayList<>();
        files.getOrDefault(path, List.of()).forEach(part -> chunks.addAll(part.chunks));
        return chunks;
    }

    public synchronized int parts(String path) {
        return files.getOrDefault(path, List.of()).size();
    }

    /** The dump as a source; every part has to be closed. */
    public synchronized MemoryDump dump() {
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
