package com.foodxchange.dr.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes BSON documents. Not thread-safe. */
final class Writer {
    private byte[] bytes;
    private int length;
    private int[] starts = new int[8];
    private int[] counts = new int[8];
    private int depth;

    Writer() {
        this(128);
    }

    Writer(int capacity) {
        bytes = new byte[capacity];
    }

    /** A writer in whose document one may put fields at once. */
    static Writer document() {
        return new Writer().open();
    }

    /** Starts a document at the current place, without a type and a name. */
    Writer open() {
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, depth * 2);
            counts = Arrays.copyOf(counts, depth * 2);
        }
        starts[depth] = length;
        counts[depth] = 0;
        depth++;
        return int32(0);
    }

    /** Closes the document or array that was opened last. */
    Writer close() {
        raw((byte) 0);
        depth--;
        Value.INTS.set(bytes, starts[depth], length - starts[depth]);
        return this;
    }

    /** Closes the outermost document and returns it. */
    Value finish() {
        close();
        return Value.document(toBytes());
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        depth = 0;
    }

    int depth() {
        return depth;
    }

    /** Forgets what was written since {@link #length} and {@link #depth} were these. */
    void rewind(int oldLength, int oldDepth) {
        length = oldLength;
        depth = oldDepth;
    }

    void setInt32(int at, int value) {
        Value.INTS.set(bytes, at, value);
    }

    Writer name(byte type, String name) {
        raw(type);
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) > 127 || name.charAt(at) == 0) {
                return raw(name.substring(at).getBytes(StandardCharsets.UTF_8)).raw((byte) 0);
            }
            raw((byte) name.charAt(at));
        }
        return raw((byte) 0);
    }

    Writer put(String name, Value value) {
        return name(value.type(), name).raw(value);
    }

    Writer putIf(String name, @Nullable Value value) {
        return value == null ? this : put(name, value);
    }

    Writer put(String name, String value) {
        return name(Value.STRING, name).raw(Value.of(value));
    }

    Writer put(String name, int value) {
        return name(Value.INT32, name).int32(value);
    }

    Writer put(String name, long value) {
        return name(Value.INT64, name).int64(value);
    }

    Writer put(String name, double value) {
        return name(Value.DOUBLE, name).int64(Double.doubleToRawLongBits(value));
    }

    Writer put(String name, boolean value) {
        return name(Value.BOOLEAN, name).raw((byte) (value ? 1 : 0));
    }

    Writer putTimestamp(String name, long value) {
        return name(Value.TIMESTAMP, name).int64(value);
    }

    Writer putDate(String name, long millis) {
        return name(Value.DATE, name).int64(millis);
    }

    Writer put(String name, UUID uuid) {
        name(Value.BINARY, name).int32(16).raw((byte) 4);
        int64(Long.reverseBytes(uuid.getMostSignificantBits()));
        return int64(Long.reverseBytes(uuid.getLeastSignificantBits()));
    }

    Writer startDocument(String name) {
        return name(Value.DOCUMENT, name).open();
    }

    Writer startArray(String name) {
        return name(Value.ARRAY, name).open();
    }

    /** The next element of the array that was opened last. */
    Writer add(Value value) {
        return name(value.type(), nextIndex()).raw(value);
    }

    Writer add(String value) {
        return add(Value.of(value));
    }

    /** Starts a document as the next element of the array that was opened last. */
    Writer addDocument() {
        return name(Value.DOCUMENT, nextIndex()).open();
    }

    private String nextIndex() {
        return Integer.toString(counts[depth - 1]++);
    }

    /** All elements of a document. */
    Writer putAll(Value document) {
        return raw(document.bytes(), document.offset() + 4, document.length() - 5);
    }

    /** The element at which {@code fields} stands, as it is. */
    Writer element(Fields fields, byte[] source) {
        return raw(source, fields.elementOffset(), fields.valueEnd() - fields.elementOffset());
    }

    Writer raw(Value value) {
        return raw(value.bytes(), value.offset(), value.length());
    }

    Writer raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    Writer raw(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    Writer raw(byte value) {
        reserve(1);
        bytes[length++] = value;
        return this;
    }

    Writer int32(int value) {
        reserve(4);
        Value.INTS.set(bytes, length, value);
        length += 4;
        return this;
    }

    Writer int64(long value) {
        reserve(8);
        Value.LONGS.set(bytes, length, value);
        length += 8;
        return this;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }
}
