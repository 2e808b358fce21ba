package com.foodxchange.dr.sandbox;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * A BSON value as it lies in a byte array: its type and where its bytes are. Never decoded, so that whatever a client sent
 * stays as it is. Two values are equal when the server takes them for equal (numbers across their types).
 *
 * <p>Format: bsonspec.org, version 1.1. Immutable as long as nobody writes into the array.
 */
final class Value {
    static final byte DOUBLE = 1;
    static final byte STRING = 2;
    static final byte DOCUMENT = 3;
    static final byte ARRAY = 4;
    static final byte BINARY = 5;
    static final byte UNDEFINED = 6;
    static final byte OBJECT_ID = 7;
    static final byte BOOLEAN = 8;
    static final byte DATE = 9;
    static final byte NULL = 10;
    static final byte REGEX = 11;
    static final byte DB_POINTER = 12;
    static final byte CODE = 13;
    static final byte SYMBOL = 14;
    static final byte CODE_WITH_SCOPE = 15;
    static final byte INT32 = 16;
    static final byte TIMESTAMP = 17;
    static final byte INT64 = 18;
    static final byte DECIMAL128 = 19;
    static final byte MIN_KEY = -1;
    static final byte MAX_KEY = 127;

    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] NOTHING = {};
    static final Value NULL_VALUE = new Value(NULL, NOTHING, 0, 0);
    static final Value MIN_VALUE = new Value(MIN_KEY, NOTHING, 0, 0);
    static final Value MAX_VALUE = new Value(MAX_KEY, NOTHING, 0, 0);
    static final Value EMPTY_DOCUMENT = document(new byte[] {5, 0, 0, 0, 0});

    private final byte type;
    private final byte[] bytes;
    private final int offset;
    private final int length;

    Value(byte type, byte[] bytes, int offset, int length) {
        this.type = type;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** A whole array as a document. */
    static Value document(byte[] bytes) {
        return new Value(DOCUMENT, bytes, 0, bytes.length);
    }

    static Value of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[utf8.length + 5];
        INTS.set(bytes, 0, utf8.length + 1);
        System.arraycopy(utf8, 0, bytes, 4, utf8.length);
        return new Value(STRING, bytes, 0, bytes.length);
    }

    static Value of(int number) {
        byte[] bytes = new byte[4];
        INTS.set(bytes, 0, number);
        return new Value(INT32, bytes, 0, 4);
    }

    static Value of(long number) {
        return eight(INT64, number);
    }

    static Value of(double number) {
        return eight(DOUBLE, Double.doubleToRawLongBits(number));
    }

    static Value of(boolean truth) {
        return new Value(BOOLEAN, new byte[] {(byte) (truth ? 1 : 0)}, 0, 1);
    }

    static Value of(Decimal128 number) {
        byte[] bytes = new byte[16];
        LONGS.set(bytes, 0, number.getLow());
        LONGS.set(bytes, 8, number.getHigh());
        return new Value(DECIMAL128, bytes, 0, 16);
    }

    static Value timestamp(long value) {
        return eight(TIMESTAMP, value);
    }

    static Value date(long millis) {
        return eight(DATE, millis);
    }

    static Value objectId(byte[] twelve) {
        return new Value(OBJECT_ID, twelve, 0, 12);
    }

    private static Value eight(byte type, long number) {
        byte[] bytes = new byte[8];
        LONGS.set(bytes, 0, number);
        return new Value(type, bytes, 0, 8);
    }

    byte type() {
        return type;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    int end() {
        return offset + length;
    }

    /** A value of its own, that holds no larger array. */
    Value copy() {
        return offset == 0 && length == bytes.length ? this : new Value(type, toBytes(), 0, length);
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    boolean isDocument() {
        return type == DOCUMENT;
    }

    boolean isArray() {
        return type == ARRAY;
    }

    boolean isContainer() {
        return type == DOCUMENT || type == ARRAY;
    }

    boolean isNull() {
        return type == NULL || type == UNDEFINED;
    }

    boolean isString() {
        return type == STRING;
    }

    boolean isNumber() {
        return type == INT32 || type == INT64 || type == DOUBLE || type == DECIMAL128;
    }

    boolean isNan() {
        return type == DOUBLE
                ? Double.isNaN(float64())
                : type == DECIMAL128 && decimal().isNaN();
    }

    /** The elements, in their order. */
    Fields fields() {
        return new Fields(bytes, offset, offset + length);
    }

    boolean isEmpty() {
        return length == 5;
    }

    /** The value of the field of that name, or null. */
    @Nullable
    Value get(String name) {
        Fields fields = fields();
        while (fields.next()) {
            if (fields.nameIs(name)) {
                return fields.value();
            }
        }
        return null;
    }

    List<Value> elements() {
        List<Value> elements = new ArrayList<>();
        Fields fields = fields();
        while (fields.next()) {
            elements.add(fields.value());
        }
        return elements;
    }

    int int32() {
        return (int) INTS.get(bytes, offset);
    }

    long int64() {
        return (long) LONGS.get(bytes, offset);
    }

    double float64() {
        return Double.longBitsToDouble(int64());
    }

    boolean bool() {
        return bytes[offset] != 0;
    }

    Decimal128 decimal() {
        return Decimal128.fromIEEE754BIDEncoding((long) LONGS.get(bytes, offset + 8), (long) LONGS.get(bytes, offset));
    }

    /** A number as a long, cut towards zero. */
    long number() {
        return switch (type) {
            case INT32 -> int32();
            case INT64 -> int64();
            case DOUBLE -> (long) float64();
            case DECIMAL128 ->
                decimal().isNaN() || decimal().isInfinite()
                        ? 0
                        : Numbers.big(decimal()).longValue();
            default -> throw CommandException.typeMismatch("expected a number, found " + typeName());
        };
    }

    double toDouble() {
        return switch (type) {
            case INT32 -> int32();
            case INT64 -> int64();
            case DOUBLE -> float64();
            default -> Numbers.toDouble(decimal());
        };
    }

    /** As the server reads flags: true, or a number that is not zero. */
    boolean truth() {
        return switch (type) {
            case BOOLEAN -> bool();
            case INT32, INT64, DOUBLE, DECIMAL128 -> toDouble() != 0;
            case NULL, UNDEFINED -> false;
            default -> true;
        };
    }

    /** The text of a string, a symbol or code. */
    String string() {
        if (type != STRING && type != SYMBOL && type != CODE) {
            throw CommandException.typeMismatch("expected a string, found " + typeName());
        }
        return new String(bytes, offset + 4, length - 5, StandardCharsets.UTF_8);
    }

    /** What {@code $type} calls it. */
    String typeName() {
        return switch (type) {
            case DOUBLE -> "double";
            case STRING -> "string";
            case DOCUMENT -> "object";
            case ARRAY -> "array";
            case BINARY -> "binData";
            case UNDEFINED -> "undefined";
            case OBJECT_ID -> "objectId";
            case BOOLEAN -> "bool";
            case DATE -> "date";
            case NULL -> "null";
            case REGEX -> "regex";
            case DB_POINTER -> "dbPointer";
            case CODE -> "javascript";
            case SYMBOL -> "symbol";
            case CODE_WITH_SCOPE -> "javascriptWithScope";
            case INT32 -> "int";
            case TIMESTAMP -> "timestamp";
            case INT64 -> "long";
            case DECIMAL128 -> "decimal";
            case MIN_KEY -> "minKey";
            case MAX_KEY -> "maxKey";
            default -> "type " + type;
        };
    }

    /** Whether type and bytes are the same. */
    boolean isSame(Value other) {
        return type == other.type
                && Arrays.equals(
                        bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Value value && Order.compare(this, value) == 0;
    }

    @Override
    public int hashCode() {
        throw new UnsupportedOperationException("values are kept in order, not hashed");
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
