package com.foodxchange.dr.mongo.bson;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bson.RawBsonDocument;

/**
 * Walks the elements of one document or array in a byte array, without decoding or copying. A cursor can be pointed at
 * the next document again and again; it never reads outside the document it was pointed at. Not thread-safe.
 *
 * <p>Format: bsonspec.org, version 1.1.
 */
public final class BsonCursor {
    public static final byte DOUBLE = 1;
    public static final byte STRING = 2;
    public static final byte DOCUMENT = 3;
    public static final byte ARRAY = 4;
    public static final byte BINARY = 5;
    public static final byte UNDEFINED = 6;
    public static final byte OBJECT_ID = 7;
    public static final byte BOOLEAN = 8;
    public static final byte DATE = 9;
    public static final byte NULL = 10;
    public static final byte REGEX = 11;
    public static final byte DB_POINTER = 12;
    public static final byte CODE = 13;
    public static final byte SYMBOL = 14;
    public static final byte CODE_WITH_SCOPE = 15;
    public static final byte INT32 = 16;
    public static final byte TIMESTAMP = 17;
    public static final byte INT64 = 18;
    public static final byte DECIMAL128 = 19;
    public static final byte MIN_KEY = -1;
    public static final byte MAX_KEY = 127;

    /** The smallest document: its length and the closing zero. */
    public static final int EMPTY_LENGTH = 5;

    private byte[] buffer = new byte[0];
    private int end;
    private int elementOffset;
    private int nameEnd;
    private int valueOffset;
    private int valueEnd;

    public BsonCursor() {}

    public BsonCursor(byte[] buffer, int offset) {
        open(buffer, offset);
    }

    /**
     * Points at the document that starts at {@code offset}.
     *
     * @throws DeploymentException (CORRUPT) when its length leaves the array
     */
    public BsonCursor open(byte[] bytes, int offset) {
        int length = documentLength(bytes, offset, bytes.length);
        buffer = bytes;
        end = offset + length - 1;
        valueEnd = offset + 4;
        return this;
    }

    /**
     * The length that the document at {@code offset} declares, checked against what there is up to {@code limit}.
     *
     * @throws DeploymentException (CORRUPT) when that cannot be a document's length
     */
    public static int documentLength(byte[] bytes, int offset, int limit) {
        int length = limit - offset < EMPTY_LENGTH ? -1 : Bytes.int32(bytes, offset);
        if (length < EMPTY_LENGTH || length > limit - offset || bytes[offset + length - 1] != 0) {
            throw corrupt("a document of length " + length + " where " + (limit - offset) + " bytes are left");
        }
        return length;
    }

    /** Moves to the next element; false at the end of the document. */
    public boolean next() {
        if (valueEnd >= end) {
            return false;
        }
        elementOffset = valueEnd;
        int at = elementOffset + 1;
        while (at < end && buffer[at] != 0) {
            at++;
        }
        nameEnd = at;
        valueOffset = at + 1;
        long length = valueLength(buffer[elementOffset], buffer, valueOffset, end);
        if (length < 0 || valueOffset + length > end) {
            throw corrupt("element of type " + buffer[elementOffset] + " leaves its document");
        }
        valueEnd = valueOffset + (int) length;
        return true;
    }

    /** Moves to the element of that name; false when there is none. Goes on from where the cursor is. */
    public boolean find(byte[] name) {
        while (next()) {
            if (nameIs(name)) {
                return true;
            }
        }
        return false;
    }

    private static long valueLength(byte type, byte[] buffer, int at, int end) {
        return switch (type) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> 0;
            case BOOLEAN -> 1;
            case INT32 -> 4;
            case DOUBLE, DATE, TIMESTAMP, INT64 -> 8;
            case OBJECT_ID -> 12;
            case DECIMAL128 -> 16;
            case STRING, CODE, SYMBOL -> prefixed(buffer, at, end, 4);
            case BINARY -> prefixed(buffer, at, end, 5);
            case DB_POINTER -> prefixed(buffer, at, end, 16);
            case DOCUMENT, ARRAY, CODE_WITH_SCOPE -> prefixed(buffer, at, end, 0);
            case REGEX -> {
                int pattern = zero(buffer, at, end);
                yield zero(buffer, pattern + 1, end) + 1L - at;
            }
            default -> -1;
        };
    }

    /** A value that starts with its length, which does not count {@code extra} bytes. */
    private static long prefixed(byte[] buffer, int at, int end, int extra) {
        if (at + 4 > end) {
            return -1;
        }
        int length = Bytes.int32(buffer, at);
        return length < 0 ? -1 : (long) length + extra;
    }

    private static int zero(byte[] buffer, int from, int end) {
        int at = from;
        while (at < end && buffer[at] != 0) {
            at++;
        }
        return at;
    }

    public byte[] buffer() {
        return buffer;
    }

    public byte type() {
        return buffer[elementOffset];
    }

    /** Where the element starts: its type byte. */
    public int elementOffset() {
        return elementOffset;
    }

    public int nameOffset() {
        return elementOffset + 1;
    }

    /** In bytes, without the closing zero. */
    public int nameLength() {
        return nameEnd - elementOffset - 1;
    }

    public int valueOffset() {
        return valueOffset;
    }

    public int valueLength() {
        return valueEnd - valueOffset;
    }

    /** One past the element's last byte. */
    public int valueEnd() {
        return valueEnd;
    }

    public String name() {
        return new String(buffer, nameOffset(), nameLength(), StandardCharsets.UTF_8);
    }

    public boolean nameIs(byte[] name) {
        return Arrays.equals(buffer, elementOffset + 1, nameEnd, name, 0, name.length);
    }

    public boolean nameIs(byte[] bytes, int offset, int length) {
        return Arrays.equals(buffer, elementOffset + 1, nameEnd, bytes, offset, offset + length);
    }

    public boolean isDocument() {
        return type() == DOCUMENT;
    }

    public boolean isArray() {
        return type() == ARRAY;
    }

    /** The text of a string value. */
    public String string() {
        expect(STRING);
        return new String(buffer, valueOffset + 4, valueLength() - 5, StandardCharsets.UTF_8);
    }

    /** The value of an int32, an int64 or an integral double. */
    public long number() {
        return switch (type()) {
            case INT32 -> Bytes.int32(buffer, valueOffset);
            case INT64 -> Bytes.int64(buffer, valueOffset);
            case DOUBLE -> (long) Bytes.float64(buffer, valueOffset);
            default -> throw corrupt("'" + name() + "' is not a number but of type " + type());
        };
    }

    /** The eight bytes of a timestamp or a date as a number. */
    public long int64() {
        return Bytes.int64(buffer, valueOffset);
    }

    /** Whether a boolean is true or a number is not zero. */
    public boolean truth() {
        return type() == BOOLEAN ? buffer[valueOffset] != 0 : number() != 0;
    }

    /** The document or array that is this element's value, decoded lazily from a copy. */
    public RawBsonDocument document() {
        if (!isDocument() && !isArray()) {
            throw corrupt("'" + name() + "' is not a document but of type " + type());
        }
        return new RawBsonDocument(Arrays.copyOfRange(buffer, valueOffset, valueEnd));
    }

    private void expect(byte type) {
        if (type() != type) {
            throw corrupt("'" + name() + "' is of type " + type() + " instead of " + type);
        }
    }

    /** What every reader of BSON here throws when bytes are not BSON, or not of the shape that they have to be. */
    public static DeploymentException corrupt(String what) {
        return new DeploymentException(
                Kind.CORRUPT,
                "damaged BSON: " + what,
                "run 'dr check --read-data'; if it finds nothing, the source itself holds the damage");
    }
}
