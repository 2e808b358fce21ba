package com.foodxchange.dr.repository;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** File names as restic keeps them in trees: quoted as by Go's {@code strconv.Quote}, without the outer quotes. */
final class GoQuote {
    private GoQuote() {}

    static String quote(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().forEach(point -> quote(point, out));
        return out.toString();
    }

    private static void quote(int point, StringBuilder out) {
        switch (point) {
            case '"', '\\' -> out.append('\\').append((char) point);
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> {
                if (printable(point)) {
                    out.appendCodePoint(point);
                } else if (point < ' ' || point == 0x7f) {
                    out.append("\\x").append(HexFormat.of().toHexDigits((byte) point));
                } else if (point < 0x10000) {
                    out.append("\\u").append(HexFormat.of().toHexDigits((char) point));
                } else {
                    out.append("\\U").append(HexFormat.of().toHexDigits(point));
                }
            }
        }
    }

    /** Go's {@code IsPrint}: letters, marks, numbers, punctuation, symbols, and the ASCII space. */
    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    /** The name that was quoted. One that is not UTF-8 stays quoted, so that it can be shown. */
    static String unquote(String quoted) throws FormatException {
        if (quoted.indexOf('\\') < 0) {
            if (quoted.indexOf('"') >= 0) {
                throw new FormatException("a name with a bare quote: " + quoted);
            }
            return quoted;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < quoted.length(); ) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                i = escape(quoted, i + 1, out);
            } else if (c == '"') {
                throw new FormatException("a name with a bare quote: " + quoted);
            } else {
                int point = quoted.codePointAt(i);
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(point);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return quoted;
        }
    }

    /** Writes what the escape at {@code i}, after its backslash, stands for, and returns where the text goes on. */
    private static int escape(String quoted, int i, ByteArrayOutputStream out) throws FormatException {
        char kind = i < quoted.length() ? quoted.charAt(i) : 0;
        int digits = switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            case '0', '1', '2', '3' -> -3;
            default -> 0;
        };
        if (digits == 0) {
            int at = "abfnrtv\\\"'".indexOf(kind);
            if (kind == 0 || at < 0) {
                throw new FormatException("a name with an unknown escape: " + quoted);
            }
            out.write("\007\b\f\n\r\t\013\\\"'".charAt(at));
            return i + 1;
        }
        int from = digits < 0 ? i : i + 1;
        int to = from + Math.abs(digits);
        try {
            int value = Integer.parseUnsignedInt(quoted.substring(from, to), digits < 0 ? 8 : 16);
            if (digits == 2 || digits < 0) {
                out.write(value);
            } else {
                out.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new FormatException("a name with a broken escape: " + quoted, e);
        }
        return to;
    }
}
