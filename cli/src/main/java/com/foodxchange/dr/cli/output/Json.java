package com.foodxchange.dr.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON being put together, members in the order in which they are put. Values are text, numbers, booleans,
 * null, instants (RFC 3339), durations (seconds), {@link Json}, and lists and maps of these. Not thread-safe.
 */
public final class Json {
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    public static Json object() {
        return new Json();
    }

    /** The objects made of each value. */
    public static <T> List<Json> array(List<T> values, Function<? super T, Json> form) {
        List<Json> array = new ArrayList<>(values.size());
        values.forEach(value -> array.add(form.apply(value)));
        return array;
    }

    public Json put(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    /** Adds the other one's members. */
    public Json putAll(Json other) {
        members.putAll(other.members);
        return this;
    }

    /** One line of text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text, members);
        return text.toString();
    }

    private static void write(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case Json json -> write(text, json.members);
            case Map<?, ?> map -> writeMap(text, map);
            case Iterable<?> list -> writeList(text, list);
            case Double number when !Double.isFinite(number) -> text.append("null");
            case Number number -> text.append(number);
            case Boolean flag -> text.append(flag);
            case Duration duration -> text.append(Math.round(duration.toNanos() / 1e6) / 1e3);
            case Instant instant -> writeText(text, instant.toString());
            default -> writeText(text, value.toString());
        }
    }

    private static void writeMap(StringBuilder text, Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append(separator);
            writeText(text, member.getKey().toString());
            text.append(':');
            write(text, member.getValue());
            separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private static void writeList(StringBuilder text, Iterable<?> list) {
        text.append('[');
        String separator = "";
        for (Object element : list) {
            text.append(separator);
            write(text, element);
            separator = ",";
        }
        text.append(']');
    }

    private static void writeText(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            writeCharacter(text, value.charAt(i));
        }
        text.append('"');
    }

    private static void writeCharacter(StringBuilder text, char character) {
        switch (character) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (character < 0x20 || character == 0x7f || Character.isSurrogate(character)) {
                    text.append("\\u%04x".formatted((int) character));
                } else {
                    text.append(character);
                }
            }
        }
    }
}
