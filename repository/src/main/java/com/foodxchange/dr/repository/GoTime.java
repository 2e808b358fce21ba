package com.foodxchange.dr.repository;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times in JSON as Go writes them: RFC 3339, nanoseconds with trailing zeros dropped. */
final class GoTime {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private GoTime() {}

    static String format(Instant time) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        String seconds = SECONDS.format(utc);
        if (utc.getNano() == 0) {
            return seconds + "Z";
        }
        String nanos = "%09d".formatted(utc.getNano());
        int end = nanos.length();
        while (nanos.charAt(end - 1) == '0') {
            end--;
        }
        return seconds + "." + nanos.substring(0, end) + "Z";
    }

    /** @throws FormatException if the text is not RFC 3339 */
    static Instant parse(String text) throws FormatException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new FormatException("not a time: " + text, e);
        }
    }
}
