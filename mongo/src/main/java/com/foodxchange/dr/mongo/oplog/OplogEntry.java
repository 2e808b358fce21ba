package com.foodxchange.dr.mongo.oplog;

import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.bson.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A view of one oplog entry, or of one operation inside an {@code applyOps}, in the bytes that hold it. It can be
 * pointed at the next entry again and again. Not thread-safe.
 */
public final class OplogEntry {
    private static final byte[] SESSION = "lsid".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TRANSACTION = "txnNumber".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MULTI_OP_TYPE = "multiOpType".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PREVIOUS = "prevOpTime".getBytes(StandardCharsets.UTF_8);
    private static final int ABSENT = -1;

    private final BsonCursor cursor = new BsonCursor();
    private byte[] buffer = new byte[0];
    private byte op;
    private long ts;
    private long term;
    private int namespace;
    private int namespaceLength;
    private int uuid;
    private int object;
    private int object2;
    private int session;
    private int sessionLength;
    private long transaction;
    private boolean vectored;
    private long previousTs;

    /** Points at the entry that starts at {@code offset}. */
    public OplogEntry open(byte[] bytes, int offset) {
        buffer = bytes;
        op = 0;
        ts = 0;
        term = -1;
        namespace = uuid = object = object2 = session = ABSENT;
        transaction = ABSENT;
        vectored = false;
        previousTs = 0;
        cursor.open(bytes, offset);
        while (cursor.next()) {
            read();
        }
        if (op == 0 || (object == ABSENT && op != 'n')) {
            throw BsonCursor.corrupt("an oplog entry without 'op' or 'o'");
        }
        return this;
    }

    private void read() {
        int at = cursor.valueOffset();
        switch (cursor.nameLength()) {
            case 1 -> readShort(buffer[cursor.nameOffset()], at);
            case 2 -> readLong(at);
            default -> readRare(at);
        }
    }

    private void readShort(byte name, int at) {
        if (name == 'o' && cursor.isDocument()) {
            object = at;
        } else if (name == 't') {
            term = cursor.number();
        }
    }

    private void readLong(int at) {
        int name = buffer[cursor.nameOffset()] << 8 | buffer[cursor.nameOffset() + 1];
        switch (name) {
            case 'o' << 8 | 'p' -> op = kind(at);
            case 't' << 8 | 's' -> ts = Bytes.int64(buffer, at);
            case 'n' << 8 | 's' -> {
                namespace = at + 4;
                namespaceLength = cursor.valueLength() - 5;
            }
            case 'u' << 8 | 'i' -> uuid = at;
            case 'o' << 8 | '2' -> object2 = cursor.isDocument() ? at : ABSENT;
            default -> {}
        }
    }

    /** Kinds have one letter, newer ones two: {@code ci}, {@code cd}, which are told by their second letter in upper case. */
    private byte kind(int at) {
        byte first = buffer[at + 4];
        return buffer[at + 5] == 0 ? first : (byte) Character.toUpperCase(buffer[at + 5]);
    }

    private void readRare(int at) {
        if (cursor.nameIs(SESSION)) {
            session = at;
            sessionLength = cursor.valueLength();
        } else if (cursor.nameIs(TRANSACTION)) {
            transaction = cursor.number();
        } else if (cursor.nameIs(MULTI_OP_TYPE)) {
            vectored = cursor.number() == 1;
        } else if (cursor.nameIs(PREVIOUS) && cursor.isDocument()) {
            BsonCursor previous = new BsonCursor(buffer, at);
            previousTs = previous.next() ? previous.int64() : 0;
        }
    }

    /**
     * The kind: {@code i} insert, {@code u} update, {@code d} delete, {@code c} command, {@code n} no-op, {@code I},
     * {@code D}, {@code U}, {@code M} for the two-letter kinds {@code ci}, {@code cd}, {@code cu}, {@code km} of newer
     * servers, which concern the server's inner tables.
     */
    public byte op() {
        return op;
    }

    /** The timestamp as BSON has it: seconds in the upper half, ordinal in the lower, both unsigned. */
    public long ts() {
        return ts;
    }

    public long term() {
        return term;
    }

    public byte[] buffer() {
        return buffer;
    }

    /** Where {@code o} starts in the buffer. */
    public int object() {
        return object;
    }

    /** Where {@code o2} starts in the buffer; only when {@link #hasObject2}. */
    public int object2() {
        return object2;
    }

    public boolean hasObject2() {
        return object2 != ABSENT;
    }

    /** {@code ns} as text; empty when there is none. */
    public String namespace() {
        return namespace == ABSENT ? "" : new String(buffer, namespace, namespaceLength, StandardCharsets.UTF_8);
    }

    public boolean hasUuid() {
        return uuid != ABSENT;
    }

    public long uuidHigh() {
        return Long.reverseBytes(Bytes.int64(buffer, uuid + 5));
    }

    public long uuidLow() {
        return Long.reverseBytes(Bytes.int64(buffer, uuid + 13));
    }

    public @Nullable UUID uuid() {
        return hasUuid() ? new UUID(uuidHigh(), uuidLow()) : null;
    }

    /** Whether the entry belongs to a multi-document transaction: retryable writes alone do not make one. */
    public boolean inTransaction() {
        return op == 'c' && session != ABSENT && transaction != ABSENT && !vectored;
    }

    /** The identity of the transaction: its session and its number. */
    public TransactionId transactionId() {
        String sessionText = new String(buffer, session, sessionLength, StandardCharsets.ISO_8859_1);
        return new TransactionId(sessionText, transaction);
    }

    /** Whether an earlier entry of the same transaction or session precedes this one. */
    public boolean hasPrevious() {
        return previousTs != 0;
    }

    /** {@code o}, decoded lazily from a copy. */
    public BsonDocument command() {
        return copy(object);
    }

    /** {@code o2}, decoded lazily from a copy; empty when there is none. */
    public BsonDocument object2Document() {
        return hasObject2() ? copy(object2) : new BsonDocument();
    }

    private BsonDocument copy(int offset) {
        return new RawBsonDocument(Arrays.copyOfRange(buffer, offset, offset + Bytes.int32(buffer, offset)));
    }

    /** The entry's place as people write it: {@code T,I}. */
    public static String format(long ts) {
        BsonTimestamp timestamp = new BsonTimestamp(ts);
        return Integer.toUnsignedString(timestamp.getTime()) + "," + Integer.toUnsignedString(timestamp.getInc());
    }

    /** {@code session}: the bytes of the session's id, one character each. */
    public record TransactionId(String session, long number) {}
}
