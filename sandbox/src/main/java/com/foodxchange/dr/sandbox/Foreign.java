package com.foodxchange.dr.sandbox;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Bson;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as mongo-java-server has them, there and back. What it has no type for is carried along unopened. */
final class Foreign {
    private record Unopened(Value value) implements Bson {}

    private Foreign() {}

    static Document document(Value document) {
        Document result = new Document();
        Fields fields = document.fields();
        while (fields.next()) {
            result.put(fields.name(), of(fields.value()));
        }
        return result;
    }

    static @Nullable Object of(Value value) {
        return switch (value.type()) {
            case Value.DOUBLE -> value.float64();
            case Value.STRING -> value.string();
            case Value.DOCUMENT -> document(value);
            case Value.ARRAY -> list(value);
            case Value.BINARY -> binary(value);
            case Value.OBJECT_ID -> new ObjectId(value.toBytes());
            case Value.BOOLEAN -> value.bool();
            case Value.DATE -> Instant.ofEpochMilli(value.int64());
            case Value.NULL -> null;
            case Value.REGEX -> regex(value);
            case Value.INT32 -> value.int32();
            case Value.TIMESTAMP -> new BsonTimestamp(value.int64());
            case Value.INT64 -> value.int64();
            case Value.DECIMAL128 -> decimal(value);
            case Value.MIN_KEY -> MinKey.getInstance();
            case Value.MAX_KEY -> MaxKey.getInstance();
            default -> new Unopened(value);
        };
    }

    private static List<@Nullable Object> list(Value array) {
        List<@Nullable Object> list = new ArrayList<>();
        array.elements().forEach(element -> list.add(of(element)));
        return list;
    }

    private static Object binary(Value value) {
        byte subtype = value.bytes()[value.offset() + 4];
        if (subtype == 4 && value.length() == 21) {
            return Text.uuid(value);
        }
        byte[] bytes = value.toBytes();
        return subtype == 0 ? new BinData(java.util.Arrays.copyOfRange(bytes, 5, bytes.length)) : new Unopened(value);
    }

    private static Object regex(Value value) {
        String both = new String(value.bytes(), value.offset(), value.length() - 1, StandardCharsets.UTF_8);
        int zero = both.indexOf('\0');
        return new BsonRegularExpression(both.substring(0, zero), both.substring(zero + 1));
    }

    private static Object decimal(Value value) {
        org.bson.types.Decimal128 decimal = value.decimal();
        return new Decimal128(decimal.getLow(), decimal.getHigh());
    }

    static Value value(Document document) {
        Writer out = Writer.document();
        document.forEach((name, each) -> write(name, each, out));
        return out.finish();
    }

    private static void write(String name, @Nullable Object each, Writer out) {
        switch (each) {
            case null -> out.put(name, Value.NULL_VALUE);
            case Document document -> out.put(name, value(document));
            case java.util.Collection<?> list -> writeList(name, list, out);
            case Map<?, ?> map -> {
                out.startDocument(name);
                map.forEach((key, inner) -> write(String.valueOf(key), inner, out));
                out.close();
            }
            case Double number -> out.put(name, number.doubleValue());
            case Float number -> out.put(name, number.doubleValue());
            case Integer number -> out.put(name, number.intValue());
            case Short number -> out.put(name, number.intValue());
            case Long number -> out.put(name, number.longValue());
            case Decimal128 number ->
                out.put(
                        name,
                        Value.of(org.bson.types.Decimal128.fromIEEE754BIDEncoding(number.getHigh(), number.getLow())));
            case String text -> out.put(name, text);
            case Boolean truth -> out.put(name, truth.booleanValue());
            case Instant date -> out.putDate(name, date.toEpochMilli());
            case ObjectId id -> out.put(name, Value.objectId(id.toByteArray()));
            case UUID uuid -> out.put(name, uuid);
            case BinData data -> writeBinary(name, data.getData(), out);
            case BsonTimestamp time -> out.putTimestamp(name, time.getValue());
            case BsonRegularExpression regex -> writeRegex(name, regex, out);
            case MinKey key -> out.put(name, Value.MIN_VALUE);
            case MaxKey key -> out.put(name, Value.MAX_VALUE);
            case Unopened unopened -> out.put(name, unopened.value);
            default -> {
                // a missing value is no value
            }
        }
    }

    private static void writeList(String name, java.util.Collection<?> list, Writer out) {
        out.startArray(name);
        int index = 0;
        for (Object element : list) {
            write(Integer.toString(index++), element, out);
        }
        out.close();
    }

    private static void writeBinary(String name, byte[] data, Writer out) {
        out.name(Value.BINARY, name).int32(data.length).raw((byte) 0).raw(data);
    }

    private static void writeRegex(String name, BsonRegularExpression regex, Writer out) {
        String options = regex.getOptions() == null ? "" : regex.getOptions();
        out.name(Value.REGEX, name).raw((regex.getPattern() + '\0' + options + '\0').getBytes(StandardCharsets.UTF_8));
    }
}
