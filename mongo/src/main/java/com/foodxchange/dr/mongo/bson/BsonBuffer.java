package com.foodxchange.dr.mongo.bson;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes being written, growing as needed and used again and again. Not thread-safe. */
public final class BsonBuffer {
    private byte[] bytes;
    private int length;

    public BsonBuffer(int initialCapacity) {
        bytes = new byte[initialCapacity];
    }

    /** The bytes; {@code [0, length())} is written. Valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /** Takes back what was written after the first {@code newLength} bytes. */
    public void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public BsonBuffer append(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends bytes of a buffer, whose position does not matter and does not change. */
    public BsonBuffer append(ByteBuffer source, int offset, int count) {
        reserve(count);
        source.get(offset, bytes, length, count);
        length += count;
        return this;
    }

    public BsonBuffer append(byte[] source) {
        return append(source, 0, source.length);
    }

    public BsonBuffer append(byte value) {
        reserve(1);
        bytes[length++] = value;
        return this;
    }

    public BsonBuffer appendInt32(int value) {
        reserve(4);
        Bytes.putInt32(bytes, length, value);
        length += 4;
        return this;
    }

    public BsonBuffer appendInt64(long value) {
        reserve(8);
        Bytes.putInt64(bytes, length, value);
        length += 8;
        return this;
    }

    /** Leaves room for the length of a document; the result goes to {@link #endDocument}. */
    public int startDocument() {
        int start = length;
        appendInt32(0);
        return start;
    }

    /** Closes the document that started at {@code start}. */
    public void endDocument(int start) {
        append((byte) 0);
        Bytes.putInt32(bytes, start, length - start);
    }

    /** Starts an element: its type and its name; the value is what is appended next. */
    public BsonBuffer element(byte type, byte[] source, int nameOffset, int nameLength) {
        return append(type).append(source, nameOffset, nameLength).append((byte) 0);
    }

    /** Starts an element of an array: its type and its index as the name. */
    public BsonBuffer element(byte type, int index) {
        append(type);
        if (index < 10) {
            append((byte) ('0' + index));
        } else {
            appendDigits(index);
        }
        return append((byte) 0);
    }

    private void appendDigits(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        reserve(digits);
        int rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length + (bytes.length >> 1)));
        }
    }
}
