package com.foodxchange.dr.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks the elements of a document or an array. Never reads outside of it. Not thread-safe. */
final class Fields {
    private final byte[] bytes;
    private final int end;
    private int nameOffset;
    private int nameEnd;
    private int valueEnd;

    Fields(byte[] bytes, int offset, int limit) {
        int length = limit - offset < 5 ? -1 : (int) Value.INTS.get(bytes, offset);
        if (length < 5 || length > limit - offset || bytes[offset + length - 1] != 0) {
            throw damaged("a document of length " + length + " where " + (limit - offset) + " bytes are left");
        }
        this.bytes = bytes;
        this.end = offset + length - 1;
        this.valueEnd = offset + 4;
    }

    boolean next() {
        if (valueEnd >= end) {
            return false;
        }
        nameOffset = valueEnd + 1;
        nameEnd = zero(nameOffset);
        int at = nameEnd + 1;
        long length = valueLength(bytes[nameOffset - 1], at);
        if (length < 0 || at + length > end) {
            throw damaged("an element of type " + bytes[nameOffset - 1] + " leaves its document");
        }
        valueEnd = at + (int) length;
        return true;
    }

    private long valueLength(byte type, int at) {
        return switch (type) {
            case Value.NULL, Value.UNDEFINED, Value.MIN_KEY, Value.MAX_KEY -> 0;
            case Value.BOOLEAN -> 1;
            case Value.INT32 -> 4;
            case Value.DOUBLE, Value.DATE, Value.TIMESTAMP, Value.INT64 -> 8;
            case Value.OBJECT_ID -> 12;
            case Value.DECIMAL128 -> 16;
            case Value.STRING, Value.CODE, Value.SYMBOL -> prefixed(at, 4, 1);
            case Value.BINARY -> prefixed(at, 5, 0);
            case Value.DB_POINTER -> prefixed(at, 16, 1);
            case Value.DOCUMENT, Value.ARRAY -> prefixed(at, 0, 5);
            case Value.CODE_WITH_SCOPE -> prefixed(at, 0, 14);
            case Value.REGEX -> zero(zero(at) + 1) + 1L - at;
            default -> -1;
        };
    }

    private long prefixed(int at, int extra, int least) {
        if (at + 4 > end) {
            return -1;
        }
        int length = (int) Value.INTS.get(bytes, at);
        return length < least ? -1 : (long) length + extra;
    }

    private int zero(int from) {
        int at = from;
        while (at < end && bytes[at] != 0) {
            at++;
        }
        return at;
    }

    byte type() {
        return bytes[nameOffset - 1];
    }

    /** Where the element starts: its type byte. */
    int elementOffset() {
        return nameOffset - 1;
    }

    int valueEnd() {
        return valueEnd;
    }

    String name() {
        return new String(bytes, nameOffset, nameEnd - nameOffset, StandardCharsets.UTF_8);
    }

    int nameOffset() {
        return nameOffset;
    }

    int nameLength() {
        return nameEnd - nameOffset;
    }

    boolean nameIs(String name) {
        int length = name.length();
        if (length != nameEnd - nameOffset) {
            return !isLatin(name) && name.equals(name());
        }
        for (int at = 0; at < length; at++) {
            if (bytes[nameOffset + at] != name.charAt(at)) {
                return !isLatin(name) && name.equals(name());
            }
        }
        return true;
    }

    private static boolean isLatin(String name) {
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) > 127) {
                return false;
            }
        }
        return true;
    }

    boolean nameIsSameAs(Fields other) {
        return Arrays.equals(bytes, nameOffset, nameEnd, other.bytes, other.nameOffset, other.nameEnd);
    }

    int compareName(Fields other) {
        return Arrays.compareUnsigned(bytes, nameOffset, nameEnd, other.bytes, other.nameOffset, other.nameEnd);
    }

    Value value() {
        return new Value(type(), bytes, nameEnd + 1, valueEnd - nameEnd - 1);
    }

    /** Whether everything in a document, at every depth, lies where it says. */
    static void check(byte[] bytes, int offset, int limit) {
        Fields fields = new Fields(bytes, offset, limit);
        while (fields.next()) {
            byte type = fields.type();
            if (type == Value.DOCUMENT || type == Value.ARRAY) {
                check(bytes, fields.nameEnd + 1, fields.valueEnd);
            }
        }
    }

    private static CommandException damaged(String what) {
        return new CommandException(22, "InvalidBSON", "invalid BSON: " + what);
    }
}
