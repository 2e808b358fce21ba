package com.foodxchange.dr.sandbox;

import java.util.HexFormat;
import java.util.UUID;

/** Values as text, for messages. */
final class Text {
    private Text() {}

    static String of(Value value) {
        return switch (value.type()) {
            case Value.DOUBLE -> Double.toString(value.float64());
            case Value.STRING, Value.SYMBOL, Value.CODE -> '"' + value.string() + '"';
            case Value.DOCUMENT -> elements(value, "{ ", " }", true);
            case Value.ARRAY -> elements(value, "[ ", " ]", false);
            case Value.OBJECT_ID -> "ObjectId('" + HexFormat.of().formatHex(value.toBytes()) + "')";
            case Value.BOOLEAN -> Boolean.toString(value.bool());
            case Value.DATE -> "new Date(" + value.int64() + ")";
            case Value.NULL -> "null";
            case Value.INT32, Value.INT64 -> Long.toString(value.number());
            case Value.TIMESTAMP -> "Timestamp(" + (value.int64() >>> 32) + ", " + (value.int64() & 0xFFFFFFFFL) + ")";
            case Value.DECIMAL128 -> value.decimal().toString();
            default -> value.typeName() + "(" + HexFormat.of().formatHex(value.toBytes()) + ")";
        };
    }

    private static String elements(Value container, String open, String close, boolean named) {
        StringBuilder text = new StringBuilder(open);
        Fields fields = container.fields();
        while (fields.next()) {
            text.append(text.length() > open.length() ? ", " : "");
            text.append(named ? fields.name() + ": " : "").append(of(fields.value()));
        }
        return text.append(close).toString();
    }

    /** The UUID in a binary value of subtype 4. */
    static UUID uuid(Value binary) {
        byte[] bytes = binary.bytes();
        return new UUID(Long.reverseBytes((long) Value.LONGS.get(bytes, binary.offset() + 5)), Long.reverseBytes((long)
                Value.LONGS.get(bytes, binary.offset() + 13)));
    }
}
