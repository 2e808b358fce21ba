package com.foodxchange.dr.repository;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Writes JSON byte for byte as Go's {@code encoding/json} does, because the hash of a tree is the hash of its text.
 * Members come in the order in which they are written. Not thread-safe.
 */
final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;
    private boolean comma;

    JsonWriter beginObject() {
        return open('{');
    }

    JsonWriter endObject() {
        return close('}');
    }

    JsonWriter beginArray() {
        return open('[');
    }

    JsonWriter endArray() {
        return close(']');
    }

    JsonWriter name(String name) {
        separate();
        text(name);
        put(':');
        comma = false;
        return this;
    }

    JsonWriter value(String value) {
        separate();
        text(value);
        return this;
    }

    JsonWriter value(long value) {
        separate();
        ascii(Long.toString(value));
        return this;
    }

    JsonWriter value(boolean value) {
        separate();
        ascii(Boolean.toString(value));
        return this;
    }

    JsonWriter value(BlobId id) {
        separate();
        put('"');
        word(id.a());
        word(id.b());
        word(id.c());
        word(id.d());
        put('"');
        return this;
    }

    JsonWriter value(Instant time) {
        separate();
        put('"');
        ascii(GoTime.format(time));
        put('"');
        return this;
    }

    JsonWriter nullValue() {
        separate();
        ascii("null");
        return this;
    }

    JsonWriter strings(String name, Collection<String> values) {
        name(name).beginArray();
        values.forEach(this::value);
        return endArray();
    }

    /** The member, unless the text is empty. */
    JsonWriter optional(String name, String value) {
        return value.isEmpty() ? this : name(name).value(value);
    }

    /** Ends the text with a line feed, as Go's encoder does for trees and indexes. */
    JsonWriter newLine() {
        put('\n');
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The text that {@code body} writes. */
    static byte[] write(Consumer<JsonWriter> body) {
        JsonWriter json = new JsonWriter();
        body.accept(json);
        return json.toBytes();
    }

    private JsonWriter open(char bracket) {
        separate();
        put(bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        put(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
        comma = true;
    }

    private void text(String value) {
        put('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
                escape(c);
            } else if (c < 0x80) {
                put(c);
            } else {
                i += unicode(value, i);
            }
        }
        put('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> ascii("\\" + c);
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> ascii("\\u" + HexFormat.of().toHexDigits(c));
        }
    }

    /** Writes the character at {@code i} as UTF-8 and returns how many more chars it took than one. */
    private int unicode(String value, int i) {
        int point = value.codePointAt(i);
        byte[] encoded = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return Character.charCount(point) - 1;
    }

    private void word(long word) {
        reserve(16);
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (word >>> shift) & 15];
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
