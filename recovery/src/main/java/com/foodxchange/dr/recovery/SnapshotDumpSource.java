package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.dump.ChunkStream;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.repository.BlobStream;
import com.foodxchange.dr.repository.FileEntry;
import com.foodxchange.dr.repository.SnapshotReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The dump tree in a snapshot. Thread-safe. */
public final class SnapshotDumpSource implements DumpSource {
    private final SnapshotReader snapshot;
    private final Map<String, Long> sizes = new TreeMap<>();

    public SnapshotDumpSource(SnapshotReader snapshot) {
        this.snapshot = snapshot;
        for (FileEntry file : snapshot.files()) {
            sizes.put(file.path(), file.size());
        }
    }

    @Override
    public List<String> paths() {
        return List.copyOf(sizes.keySet());
    }

    @Override
    public long size(String path) {
        Long size = sizes.get(path);
        if (size == null) {
            throw new DeploymentException(
                    Kind.CORRUPT, "the snapshot has no file " + path, "run 'dr check', and restore another snapshot");
        }
        return size;
    }

    @Override
    public ChunkStream open(String path) {
        size(path);
        return new BlobChunks(snapshot.open(path));
    }

    private record BlobChunks(BlobStream blobs) implements ChunkStream {
        @Override
        public byte @Nullable [] next() throws InterruptedException {
            return blobs.next();
        }

        @Override
        public void close() {
            blobs.close();
        }
    }
}
