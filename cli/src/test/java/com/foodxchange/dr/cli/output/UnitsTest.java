package com.foodxchange.dr.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnitsTest {
    @Test
    void bytesHaveThreeDigitsThatMatter() {
        assertThat(Units.bytes(0)).isEqualTo("0 B");
        assertThat(Units.bytes(999)).isEqualTo("999 B");
        assertThat(Units.bytes(1000)).isEqualTo("0.98 KiB");
        assertThat(Units.bytes(1_470_000_000)).isEqualTo("1.37 GiB");
        assertThat(Units.bytes(25L << 20)).isEqualTo("25.0 MiB");
        assertThat(Units.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
    }

    @Test
    void durationsHaveTheUnitsThatPeopleSay() {
        assertThat(Units.duration(Duration.ofMillis(3))).isEqualTo("3 ms");
        assertThat(Units.duration(Duration.ofMillis(410))).isEqualTo("0.41 s");
        assertThat(Units.duration(Duration.ofMillis(12_940))).isEqualTo("12.9 s");
        assertThat(Units.duration(Duration.ofMillis(59_990))).isEqualTo("1 min");
        assertThat(Units.duration(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
        assertThat(Units.duration(Duration.ofMinutes(64))).isEqualTo("1 h 04 min");
        assertThat(Units.duration(Duration.ofHours(76))).isEqualTo("3 d 4 h");
        assertThat(Units.duration(Duration.ofSeconds(-2))).isEqualTo("-2.00 s");
    }

    @Test
    void timesAreUtcAndCanBeGivenBack() {
        assertThat(Units.time(Instant.parse("2026-11-24T13:05:12.987Z"))).isEqualTo("2026-11-24T13:05:12Z");
        assertThat(Units.time(null)).isEqualTo("-");
    }

    @Test
    void countsAreGroupedWhateverTheLocale() {
        assertThat(Units.count(3_300_000)).isEqualTo("3,300,000");
        assertThat(Units.count(1, "document")).isEqualTo("1 document");
        assertThat(Units.count(0, "document")).isEqualTo("0 documents");
    }

    @Test
    void whatCannotBeToldIsADash() {
        assertThat(Units.rate(Double.NaN)).isEqualTo("-");
        assertThat(Units.ratio(1.0 / 0)).isEqualTo("-");
        assertThat(Units.ratio(2.4)).isEqualTo("2.40 x");
    }
}
