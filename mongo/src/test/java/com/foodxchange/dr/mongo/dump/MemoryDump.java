package com.foodxchange.dr.mongo.dump;

import com.foodxchange.dr.mongo.CollectionSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A dump tree in memory, delivered in chunks of an odd size so that documents straddle them. */
public final class MemoryDump implements DumpSource {
    private static final int CHUNK = 100_003;

    private final TreeMap<String, byte[]> files = new TreeMap<>();

    public MemoryDump put(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    public MemoryDump putMetadata(CollectionSpec spec) {
        return put(
                DumpLayout.metadataPath(spec.namespace()),
                DumpLayout.metadata(spec).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] content(String path) {
        return Objects.requireNonNull(files.get(path), path);
    }

    @Override
    public List<String> paths() {
        return new ArrayList<>(files.keySet());
    }

    @Override
    public long size(String path) {
        return content(path).length;
    }

    @Override
    public ChunkStream open(String path) {
        byte[] content = content(path);
        return new ChunkStream() {
            private int position;

            @Override
            public byte @Nullable [] next() {
                if (position == content.length) {
                    return null;
                }
                int end = Math.min(content.length, position + CHUNK);
                byte[] chunk = Arrays.copyOfRange(content, position, end);
                position = end;
                return chunk;
            }

            @Override
            public void close() {}
        };
    }
}
