package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.bson.Bytes;
import com.foodxchange.dr.mongo.dump.ChunkStream;
import com.foodxchange.dr.mongo.dump.DocumentReader;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Watches the oplogs of a recovery stream past: how many bytes were read, and the last chunks, in which the last entry that
 * counted is, so that its wall clock can be looked up without reading anything twice. Not thread-safe.
 */
final class OplogTap {
    /** The last entry applied is in the chunk read last, or before the one that the merge stopped in. */
    private static final int KEPT = 2;

    private static final byte[] WALL = "wall".getBytes(StandardCharsets.US_ASCII);

    private final Deque<byte[]> last = new ArrayDeque<>();
    private final long expectedBytes;
    private final RecoveryProgress progress;
    private long bytes;

    OplogTap(List<DumpSource> sources, RecoveryProgress progress) {
        this.progress = progress;
        expectedBytes = sources.stream()
                .filter(source -> source.paths().contains(DumpLayout.OPLOG))
                .mapToLong(source -> source.size(DumpLayout.OPLOG))
                .sum();
    }

    /** The same dump, watched. */
    DumpSource watch(DumpSource source) {
        return new Watched(source);
    }

    private void passed(byte[] chunk) {
        bytes += chunk.length;
        progress.oplogRead(bytes, expectedBytes);
        last.addLast(chunk);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /** When the server wrote that entry, by its own clock; null when it is not among the last ones or does not say. */
    @Nullable
    Instant written(BsonTimestamp entry) throws IOException, InterruptedException {
        for (byte[] chunk : last) {
            Instant found = written(chunk, entry.getValue());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Instant written(byte[] chunk, long ts) throws IOException, InterruptedException {
        OplogEntry entry = new OplogEntry();
        try (DocumentReader documents = new DocumentReader(new OneChunk(chunk))) {
            while (documents.next()) {
                entry.open(documents.buffer(), documents.offset());
                if (entry.ts() == ts) {
                    return wall(documents.buffer(), documents.offset());
                }
            }
        } catch (DeploymentException e) {
            // a chunk of somebody else's making may begin within a document: then nobody knows
        }
        return null;
    }

    private static @Nullable Instant wall(byte[] buffer, int offset) {
        BsonCursor cursor = new BsonCursor(buffer, offset);
        while (cursor.next()) {
            if (cursor.nameIs(WALL) && cursor.valueLength() == Long.BYTES) {
                return Instant.ofEpochMilli(Bytes.int64(buffer, cursor.valueOffset()));
            }
        }
        return null;
    }

    private final class Watched implements DumpSource {
        private final DumpSource source;

        Watched(DumpSource source) {
            this.source = source;
        }

        @Override
        public List<String> paths() {
            return source.paths();
        }

        @Override
        public long size(String path) {
            return source.size(path);
        }

        @Override
        public ChunkStream open(String path) throws IOException {
            ChunkStream chunks = source.open(path);
            return path.equals(DumpLayout.OPLOG) ? new WatchedChunks(chunks) : chunks;
        }
    }

    private final class WatchedChunks implements ChunkStream {
        private final ChunkStream chunks;

        WatchedChunks(ChunkStream chunks) {
            this.chunks = chunks;
        }

        @Override
        public byte @Nullable [] next() throws IOException, InterruptedException {
            byte[] chunk = chunks.next();
            if (chunk != null) {
                passed(chunk);
            }
            return chunk;
        }

        @Override
        public void close() throws IOException {
            chunks.close();
        }
    }

    private static final class OneChunk implements ChunkStream {
        private byte @Nullable [] chunk;

        OneChunk(byte[] chunk) {
            this.chunk = chunk;
        }

        @Override
        public byte @Nullable [] next() {
            byte[] next = chunk;
            chunk = null;
            return next;
        }

        @Override
        public void close() {
            chunk = null;
        }
    }
}
