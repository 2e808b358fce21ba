package com.foodxchange.dr.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.recovery.RecoveryException.Kind;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    @Test
    void latestHasNoLimit() {
        assertThat(Moment.parse("latest").limit()).isNull();
        assertThat(Moment.parse("LATEST")).isEqualTo(Moment.LATEST).hasToString("latest");
    }

    @Test
    void aTimeIncludesItsWholeSecond() {
        BsonTimestamp limit = Moment.parse("2026-11-24T13:05:00Z").limit();
        assertThat(limit).isEqualTo(new BsonTimestamp(1_795_525_500, -1));
    }

    @Test
    void offsetsFractionsSpacesAndLowerCaseAreRead() {
        BsonTimestamp limit = Moment.parse("2026-11-24T13:05:00Z").limit();
        assertThat(Moment.parse("2026-11-24T15:05:00+02:00").limit()).isEqualTo(limit);
        assertThat(Moment.parse("2026-11-24t13:05:00.999z").limit()).isEqualTo(limit);
        assertThat(Moment.parse("2026-11-24 13:05:00Z").limit()).isEqualTo(limit);
    }

    @Test
    void entriesAreUnsigned() {
        assertThat(Moment.parse("4294967295,4294967295"))
                .isEqualTo(new Moment.Entry(new BsonTimestamp(-1, -1)))
                .hasToString("4294967295,4294967295");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-24T13:05:00",
                "2026-11-24",
                "2026-13-24T13:05:00Z",
                "1795525500",
                "4294967296,1",
                "1,4294967296",
                "1,-1",
                "1969-12-31T23:59:59Z",
                "2107-01-01T00:00:00Z"
            })
    void everythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Moment.parse(text)).isInstanceOfSatisfying(RecoveryException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.INVALID);
            assertThat(e.hint()).isNotEmpty();
        });
    }
}
