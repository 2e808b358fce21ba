package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.bson.Bytes;
import com.foodxchange.dr.mongo.oplog.EntrySink;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** Reads a spool segment up to the first frame that is not whole. Not thread-safe. */
final class SegmentReader implements Closeable {
    /** No frame is larger: the server's limit for an oplog entry, and room. */
    private static final int LARGEST = 17 * 1024 * 1024;

    private final InputStream in;
    private final byte[] head = new byte[SegmentWriter.FRAME_HEAD];
    private final CRC32C crc = new CRC32C();
    private final OplogEntry entry = new OplogEntry();
    private final @Nullable SegmentHeader header;
    private byte[] payload = new byte[1 << 16];
    private int length;

    SegmentReader(Path path) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        header = readHeader();
    }

    private @Nullable SegmentHeader readHeader() throws IOException {
        boolean ours = Arrays.equals(in.readNBytes(SegmentWriter.MAGIC.length), SegmentWriter.MAGIC);
        return ours && nextFrame() && head[4] == SegmentWriter.HEADER
                ? SegmentHeader.parse(Arrays.copyOf(payload, length))
                : null;
    }

    /** What the segment says of itself; null when not even that is whole, and then nothing is in it. */
    @Nullable
    SegmentHeader header() {
        return header;
    }

    /**
     * Hands over every entry that is whole.
     *
     * @return how far the oplog had been read when the last whole frame was written
     */
    OpTime readAll(EntrySink sink) throws IOException, InterruptedException {
        if (header == null) {
            throw new IllegalStateException("a segment without a header");
        }
        OpTime reached = header.previous().toOpTime();
        while (nextFrame()) {
            if (head[4] == SegmentWriter.ENTRY) {
                entry.open(payload, 0);
                reached = new OpTime(new BsonTimestamp(entry.ts()), entry.term());
                sink.accept(payload, 0, length, reached);
            } else if (head[4] == SegmentWriter.REACHED) {
                reached = new OpTime(new BsonTimestamp(Bytes.int64(payload, 0)), Bytes.int64(payload, 8));
            }
        }
        return reached;
    }

    private boolean nextFrame() throws IOException {
        if (in.readNBytes(head, 0, head.length) < head.length) {
            return false;
        }
        length = Bytes.int32(head, 0);
        if (length < 0 || length > LARGEST) {
            return false;
        }
        if (length > payload.length) {
            payload = new byte[length];
        }
        return in.readNBytes(payload, 0, length) == length
                && Bytes.int32(head, 5) == SegmentWriter.checksum(crc, head, payload, 0, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
