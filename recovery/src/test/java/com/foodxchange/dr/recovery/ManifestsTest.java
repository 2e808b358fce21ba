package com.foodxchange.dr.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.recovery.Manifest.Position;
import com.foodxchange.dr.recovery.RecoveryException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestsTest {
    private static final Manifest MANIFEST = new Manifest(
            1,
            "FoodXchange DR 0.1.0",
            "orders",
            "full",
            "first",
            List.of("shop"),
            new Manifest.Topology("replica_set", "rs0", "5f", List.of("db:27017"), "7.0.12", null),
            new Position(4_000_000_000L, 4_000_000_001L, 3),
            new Position(5, 6, 7),
            null,
            new Manifest.Scan(new Position(1, 2, 3), new Position(5, 6, 7)),
            new Manifest.Oplog(10, 2000),
            List.of(new Manifest.Collection("shop.a.b", "collection", null, 3, 99, "0".repeat(32), 1)),
            new Manifest.Work("2026-11-24T00:00:00Z", 1, 2, 3, 4, 5),
            List.of("an index was odd"));

    @Test
    void isReadAsItWasWritten() {
        assertThat(Manifests.parse(Manifests.toJson(MANIFEST), "x")).isEqualTo(MANIFEST);
        assertThat(MANIFEST.from()).isNotNull();
        assertThat(Position.of(new Position(4_000_000_000L, 4_000_000_001L, 3).toOpTime()))
                .isEqualTo(MANIFEST.from());
    }

    @Test
    void membersOfALaterVersionAreIgnored() {
        String json = text().replaceFirst("\\{", "{\"mood\": {\"a\": [1]},");
        assertThat(Manifests.parse(json.getBytes(StandardCharsets.UTF_8), "x")).isEqualTo(MANIFEST);
    }

    @Test
    void aLaterFormatIsRefused() {
        assertDamaged(text().replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));
    }

    @Test
    void whatIsCutOrMissesSomethingIsDamaged() {
        String json = text();
        for (int length = 0; length < json.length() - 1; length += 7) {
            assertDamaged(json.substring(0, length));
        }
        assertDamaged("{}");
        assertDamaged("null");
        assertDamaged("[]");
        assertDamaged("{\"schemaVersion\": 1}");
    }

    private static String text() {
        return new String(Manifests.toJson(MANIFEST), StandardCharsets.UTF_8);
    }

    private static void assertDamaged(String json) {
        assertThatThrownBy(() -> Manifests.parse(json.getBytes(StandardCharsets.UTF_8), "snapshot 12ab"))
                .isInstanceOfSatisfying(RecoveryException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
                    assertThat(e.getMessage()).contains("snapshot 12ab");
                });
    }
}
