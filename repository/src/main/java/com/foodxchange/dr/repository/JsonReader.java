package com.foodxchange.dr.repository;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as a stream: unknown members are skipped, null is the same as absent. Not thread-safe. */
final class JsonReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;

    /** Reads the value of a member or of an element; has to read it whole or {@link #skip} it. */
    interface Value {
        void read(String name) throws FormatException;
    }

    /** Reads a whole text. */
    interface Text {
        void read(JsonReader reader) throws FormatException;
    }

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static void parse(byte[] text, Text body) throws FormatException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            body.read(new JsonReader(parser));
            if (parser.nextToken() != null) {
                throw new FormatException("something follows the JSON text");
            }
        } catch (JacksonException e) {
            throw new FormatException("no valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads an object, calling {@code member} for each member that is not null. */
    void object(Value member) throws FormatException {
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                member.read(name);
            }
        }
    }

    /** Reads an array, calling {@code element} for each element. */
    void array(Value element) throws FormatException {
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read("");
        }
    }

    void skip() {
        parser.skipChildren();
    }

    String string() throws FormatException {
        expect(JsonToken.VALUE_STRING, "a text");
        return parser.getString();
    }

    List<String> strings() throws FormatException {
        List<String> values = new ArrayList<>();
        array(element -> values.add(string()));
        return values;
    }

    boolean bool() throws FormatException {
        if (parser.currentToken() != JsonToken.VALUE_TRUE && parser.currentToken() != JsonToken.VALUE_FALSE) {
            throw new FormatException("expected true or false, found " + parser.currentToken());
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    boolean isNumber() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    }

    /** A whole number from 0 to {@code max}. */
    long number(long max) throws FormatException {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        long value = parser.getLongValue();
        if (value < 0 || value > max) {
            throw new FormatException("a number out of range: " + value);
        }
        return value;
    }

    BlobId id() throws FormatException {
        expect(JsonToken.VALUE_STRING, "an id");
        char[] text = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        if (parser.getStringLength() != 2 * BlobId.BYTES) {
            throw new FormatException("not an id: " + parser.getString());
        }
        return new BlobId(
                word(text, offset), word(text, offset + 16), word(text, offset + 32), word(text, offset + 48));
    }

    byte[] base64() throws FormatException {
        try {
            return Base64.getDecoder().decode(string());
        } catch (IllegalArgumentException e) {
            throw new FormatException("not Base64", e);
        }
    }

    private static long word(char[] text, int offset) throws FormatException {
        long word = 0;
        for (int i = offset; i < offset + 16; i++) {
            if (!HexFormat.isHexDigit(text[i])) {
                throw new FormatException("not an id: a character that is no hex digit");
            }
            word = (word << 4) | HexFormat.fromHexDigit(text[i]);
        }
        return word;
    }

    private void expect(JsonToken token, String what) throws FormatException {
        if (parser.currentToken() != token) {
            throw new FormatException("expected " + what + ", found " + parser.currentToken());
        }
    }
}
