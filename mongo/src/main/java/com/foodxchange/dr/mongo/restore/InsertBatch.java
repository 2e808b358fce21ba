package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.bson.BsonBuffer;
import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.bson.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * An insert command as the bytes that go over the wire, so that documents are copied once and never decoded. It is used
 * again and again. Not thread-safe.
 */
final class InsertBatch {
    /** The server takes 100,000 at once; more than this gains nothing and makes a repetition expensive. */
    private static final int MOST_DOCUMENTS = 1000;
    /** A third of what a message may hold, since several are on their way; a larger document travels alone. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final byte[] DOCUMENTS = "documents".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYPASS = "bypassEmptyTsReplacement".getBytes(StandardCharsets.US_ASCII);

    private final BsonBuffer command = new BsonBuffer(64 * 1024);
    private final int[] offsets = new int[MOST_DOCUMENTS];
    private int count;
    private int commandStart;
    private int arrayStart;
    private int documentsEnd;
    private boolean emptyTimestamps;

    /** Starts a batch with the command's fields apart from the documents. */
    InsertBatch open(BsonDocument head) {
        command.clear();
        count = 0;
        emptyTimestamps = false;
        commandStart = command.startDocument();
        byte[] fields = encode(head);
        command.append(fields, 4, fields.length - BsonCursor.EMPTY_LENGTH);
        command.element(BsonCursor.ARRAY, DOCUMENTS, 0, DOCUMENTS.length);
        arrayStart = command.startDocument();
        documentsEnd = command.length();
        return this;
    }

    private static byte[] encode(BsonDocument document) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
        }
        return out.toByteArray();
    }

    /** Whether a document of that length has to go into the next batch. */
    boolean isFullFor(int length) {
        return count == MOST_DOCUMENTS || (count > 0 && command.length() + length > MOST_BYTES);
    }

    void add(byte[] buffer, int offset, int length) {
        command.element(BsonCursor.DOCUMENT, count);
        offsets[count++] = command.length();
        command.append(buffer, offset, length);
        documentsEnd = command.length();
    }

    /** Says that the document added last has an empty timestamp, which the server would replace. */
    void markEmptyTimestamp() {
        emptyTimestamps = true;
    }

    boolean hasEmptyTimestamps() {
        return emptyTimestamps;
    }

    /** The whole command. With {@code keepTimestamps} a server that knows the option keeps empty timestamps. */
    RawBsonDocument command(boolean keepTimestamps) {
        command.truncate(documentsEnd);
        command.endDocument(arrayStart);
        if (keepTimestamps) {
            command.element(BsonCursor.BOOLEAN, BYPASS, 0, BYPASS.length).append((byte) 1);
        }
        command.endDocument(commandStart);
        return new RawBsonDocument(command.array(), 0, command.length());
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Bytes of the documents and what is around them. */
    int bytes() {
        return documentsEnd;
    }

    /** A copy of one document. */
    RawBsonDocument document(int index) {
        int offset = offsets[index];
        return new RawBsonDocument(
                Arrays.copyOfRange(command.array(), offset, offset + Bytes.int32(command.array(), offset)));
    }

    boolean hasEmptyTimestamp(BsonCursor cursor, int index) {
        return EmptyTimestamps.isIn(cursor, command.array(), offsets[index]);
    }

    /** Adds one document to a hash. */
    void addTo(ContentHash hash, int index) {
        int offset = offsets[index];
        hash.add(command.array(), offset, Bytes.int32(command.array(), offset));
    }

    /** Bytes of all documents. */
    long documentBytes() {
        long total = 0;
        for (int index = 0; index < count; index++) {
            total += Bytes.int32(command.array(), offsets[index]);
        }
        return total;
    }
}
