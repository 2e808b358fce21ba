package com.foodxchange.dr.mongo.dump;

import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.bson.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Documents back to back, read from chunks that may end anywhere. A document that lies within a chunk is not copied. Not
 * thread-safe.
 */
public final class DocumentReader implements Closeable {
    /** The server's limit for a document in the oplog; nothing larger is a document. */
    private static final int LARGEST = 16 * 1024 * 1024 + 16 * 1024;

    private final ChunkStream chunks;
    private byte[] buffer = new byte[0];
    private int position;
    private int offset;
    private int length;

    public DocumentReader(ChunkStream chunks) {
        this.chunks = chunks;
    }

    /**
     * Moves to the next document; false at the end of the file.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException (CORRUPT) when the file ends within a document or a length is
     *     impossible
     */
    public boolean next() throws IOException, InterruptedException {
        if (position == buffer.length && !nextChunk()) {
            return false;
        }
        require(4);
        length = Bytes.int32(buffer, position);
        if (length < BsonCursor.EMPTY_LENGTH || length > LARGEST) {
            throw BsonCursor.corrupt("a document of length " + length + " in a file of documents");
        }
        require(length);
        offset = position;
        BsonCursor.documentLength(buffer, offset, offset + length);
        position += length;
        return true;
    }

    private boolean nextChunk() throws IOException, InterruptedException {
        byte @Nullable [] chunk = chunks.next();
        while (chunk != null && chunk.length == 0) {
            chunk = chunks.next();
        }
        position = 0;
        buffer = chunk == null ? new byte[0] : chunk;
        return chunk != null;
    }

    /** Makes sure that {@code count} bytes from the position on lie in one array. */
    private void require(int count) throws IOException, InterruptedException {
        while (buffer.length - position < count) {
            byte @Nullable [] more = chunks.next();
            if (more == null) {
                throw BsonCursor.corrupt("a file of documents that ends within one");
            }
            int rest = buffer.length - position;
            byte[] joined = Arrays.copyOfRange(buffer, position, position + rest + more.length);
            System.arraycopy(more, 0, joined, rest, more.length);
            buffer = joined;
            position = 0;
        }
    }

    /** The document lies in {@code buffer()[offset(), offset() + length())} until the next call of {@link #next}. */
    public byte[] buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
