package com.foodxchange.dr.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MIB = 1 << 20;

    private final Meter meter = new Meter();

    @Test
    void rateAndRemainingTimeComeFromTheLastSeconds() {
        meter.add(new Meter.Sample("load", 10, 0, 100 * MIB, ""), 0);
        meter.add(new Meter.Sample("load", 1_000, 40 * MIB, 100 * MIB, ""), 2 * SECOND);

        assertThat(meter.rate()).isEqualTo(20.0 * MIB);
        assertThat(meter.remaining()).isEqualTo(Duration.ofSeconds(3));
        assertThat(meter.line(Look.PLAIN))
                .isEqualTo("load  ########............  40 %  40.0 MiB of 100 MiB  20.0 MiB/s  1,000 documents"
                        + "  ETA 3.00 s");
    }

    @Test
    void anotherPhaseStartsAnew() {
        meter.add(new Meter.Sample("scan", 0, 0, 0, ""), 0);
        meter.add(new Meter.Sample("scan", 0, 90 * MIB, 0, ""), SECOND);
        meter.add(new Meter.Sample("verify", 0, 0, 0, "payments"), 2 * SECOND);

        assertThat(meter.rate()).isNaN();
        assertThat(meter.remaining()).isNull();
        assertThat(meter.line(Look.PLAIN)).isEqualTo("verify  payments");
    }

    @Test
    void whatIsForgottenAfterTenSecondsNoLongerCounts() {
        meter.add(new Meter.Sample("load", 0, 0, 0, ""), 0);
        meter.add(new Meter.Sample("load", 0, 1_000 * MIB, 0, ""), SECOND);
        meter.add(new Meter.Sample("load", 0, 1_000 * MIB, 0, ""), 12 * SECOND);
        meter.add(new Meter.Sample("load", 0, 1_010 * MIB, 0, ""), 14 * SECOND);

        assertThat(meter.rate()).isEqualTo(5.0 * MIB);
    }

    @Test
    void programsGetFiguresWithoutUnits() {
        meter.add(new Meter.Sample("load", 3, MIB, 0, ""), 0);

        assertThat(meter.json())
                .hasToString("{\"phase\":\"load\",\"documents\":3,\"bytes\":1048576,\"expectedBytes\":null,"
                        + "\"bytesPerSecond\":null,\"remainingSeconds\":null}");
    }
}
