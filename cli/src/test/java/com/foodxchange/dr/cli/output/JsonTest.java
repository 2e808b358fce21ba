package com.foodxchange.dr.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void valuesOfEachKindAreWritten() {
        Json json = Json.object()
                .put("text", "é")
                .put("number", 1_470_000_000_000L)
                .put("ratio", 2.5)
                .put("noRatio", Double.NaN)
                .put("flag", true)
                .put("nothing", null)
                .put("time", Instant.parse("2026-11-24T13:05:12Z"))
                .put("duration", Duration.ofMillis(1_250))
                .put("list", List.of(1, "a"))
                .put("map", Map.of("k", Json.object()))
                .put("empty", Map.of());

        assertThat(json)
                .hasToString("{\"text\":\"é\",\"number\":1470000000000,\"ratio\":2.5,\"noRatio\":null,\"flag\":true,"
                        + "\"nothing\":null,\"time\":\"2026-11-24T13:05:12Z\",\"duration\":1.25,"
                        + "\"list\":[1,\"a\"],\"map\":{\"k\":{}},\"empty\":{}}");
    }

    @Test
    void everyCharacterComesBack() {
        StringBuilder all = new StringBuilder("\uD83D\uDE00 \uD800");
        for (char character = 0; character < 0x100; character++) {
            all.append(character);
        }

        String line = Json.object().put("text", all).toString();

        assertThat(line.chars()).allMatch(character -> character >= 0x20);
        assertThat(BsonDocument.parse(line).getString("text").getValue()).isEqualTo(all.toString());
    }
}
