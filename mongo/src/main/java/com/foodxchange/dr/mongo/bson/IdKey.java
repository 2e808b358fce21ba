package com.foodxchange.dr.mongo.bson;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.bson.types.Decimal128;

/**
 * The form of an {@code _id} under which the server takes two values for the same: numbers are equal across their types
 * (1, NumberLong(1), 1.0 and Decimal128("1.00"), also inside documents and arrays), and so are symbols and strings. Every
 * other value is equal to itself alone, byte for byte.
 */
public final class IdKey {
    private static final byte[] ID = {'_', 'i', 'd'};
    /** Tags that are no BSON types of their own, so that they cannot be taken for one. */
    private static final byte INTEGER = 100;

    private static final byte FRACTION = 101;
    private static final byte NOT_A_NUMBER = 102;
    /** Doubles from 2^63 on are integers outside of a long. */
    private static final double LONG_LIMIT = 0x1p63;

    private final BsonCursor cursor = new BsonCursor();
    private final BsonBuffer key = new BsonBuffer(64);

    /** Reads the key of the {@code _id} of the document at {@code offset}; false when it has none. */
    public boolean readFrom(byte[] document, int offset) {
        cursor.open(document, offset);
        if (!cursor.find(ID)) {
            return false;
        }
        key.clear();
        append(cursor.type(), document, cursor.valueOffset(), cursor.valueLength());
        return true;
    }

    /** Whether the {@code _id} that was read is the document's first element, as it is in every stored document. */
    public boolean isFirst(int documentOffset) {
        return cursor.elementOffset() == documentOffset + 4;
    }

    /** Writes the document whose key was read last with its {@code _id} moved to the front. */
    public void moveFirst(byte[] document, int offset, BsonBuffer out) {
        int start = out.startDocument();
        UpdateApplier.copyElement(cursor, out);
        int afterId = cursor.valueEnd();
        out.append(document, offset + 4, cursor.elementOffset() - offset - 4);
        out.append(document, afterId, offset + Bytes.int32(document, offset) - 1 - afterId);
        out.endDocument(start);
    }

    /** The key's bytes are {@code bytes()[0, length())}, until the next read. */
    public byte[] bytes() {
        return key.array();
    }

    public int length() {
        return key.length();
    }

    /** A hash of the key that spreads over all 64 bits (the finalizer of MurmurHash3 over 8 bytes at a time). */
    public long hash() {
        return hash(key.array(), key.length());
    }

    static long hash(byte[] bytes, int length) {
        long hash = 0x9E3779B97F4A7C15L ^ length;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            hash = mix(hash ^ Bytes.int64(bytes, at));
        }
        long tail = 0;
        for (; at < length; at++) {
            tail = tail << 8 | (bytes[at] & 0xff);
        }
        return mix(hash ^ tail);
    }

    private static long mix(long value) {
        long mixed = value;
        mixed ^= mixed >>> 33;
        mixed *= 0xff51afd7ed558ccdL;
        mixed ^= mixed >>> 33;
        mixed *= 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    private void append(byte type, byte[] buffer, int offset, int length) {
        switch (type) {
            case BsonCursor.INT32 -> integer(Bytes.int32(buffer, offset));
            case BsonCursor.INT64 -> integer(Bytes.int64(buffer, offset));
            case BsonCursor.DOUBLE -> floating(Bytes.float64(buffer, offset));
            case BsonCursor.DECIMAL128 ->
                decimal(Decimal128.fromIEEE754BIDEncoding(
                        Bytes.int64(buffer, offset + 8), Bytes.int64(buffer, offset)));
            case BsonCursor.DOCUMENT, BsonCursor.ARRAY -> nested(type, buffer, offset);
            case BsonCursor.SYMBOL -> key.append(BsonCursor.STRING).append(buffer, offset, length);
            default -> key.append(type).append(buffer, offset, length);
        }
    }

    private void integer(long value) {
        key.append(INTEGER).appendInt64(value);
    }

    private void floating(double value) {
        if (Double.isNaN(value)) {
            key.append(NOT_A_NUMBER);
        } else if (value == Math.rint(value) && value >= -LONG_LIMIT && value < LONG_LIMIT) {
            integer((long) value);
        } else {
            key.append(FRACTION).appendInt64(Double.doubleToLongBits(value));
        }
    }

    private void decimal(Decimal128 value) {
        if (value.isNaN()) {
            key.append(NOT_A_NUMBER);
        } else if (value.isInfinite()) {
            floating(value.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        } else if (isZero(value)) {
            integer(0);
        } else {
            exact(value.bigDecimalValue().stripTrailingZeros());
        }
    }

    /** Negative zero has no BigDecimal, so it is found by its bits: no coefficient. */
    private static boolean isZero(Decimal128 value) {
        return value.getLow() == 0 && (value.getHigh() & 0x1FFFFFFFFFFFFL) == 0;
    }

    private void exact(BigDecimal value) {
        // the exponent reaches 6144: far outside of a long there is no need to write out the digits
        if (value.scale() <= 0 && value.precision() - value.scale() <= 19) {
            BigInteger integer = value.toBigInteger();
            if (integer.bitLength() < Long.SIZE) {
                integer(integer.longValue());
                return;
            }
        }
        double nearest = value.doubleValue();
        if (!Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(value) == 0) {
            key.append(FRACTION).appendInt64(Double.doubleToLongBits(nearest));
        } else {
            byte[] digits = value.unscaledValue().toByteArray();
            key.append(BsonCursor.DECIMAL128).appendInt32(value.scale()).append(digits);
        }
    }

    private void nested(byte type, byte[] buffer, int offset) {
        key.append(type);
        int start = key.startDocument();
        BsonCursor inner = new BsonCursor(buffer, offset);
        while (inner.next()) {
            key.append(buffer, inner.nameOffset(), inner.nameLength() + 1);
            append(inner.type(), buffer, inner.valueOffset(), inner.valueLength());
        }
        key.endDocument(start);
    }
}
