package com.foodxchange.dr.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table()
            .left("collection")
            .right("documents")
            .left("verdict")
            .row("payments", "12,000", new Table.Cell("ok", Style.GOOD))
            .row("ünïcode", "7", "different");

    @Test
    void columnsAreAlignedAndLinesHaveNoTrailingBlanks() {
        assertThat(table.lines(Look.PLAIN))
                .containsExactly(
                        "collection  documents  verdict",
                        "--------------------------------",
                        "payments       12,000  ok",
                        "ünïcode             7  different");
    }

    @Test
    void colourDoesNotMoveColumns() {
        String coloured = String.join("\n", table.lines(new Look(true, false, 80)));

        assertThat(coloured).contains("\033[32mok\033[0m");
        assertThat(coloured.replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(String.join("\n", table.lines(Look.PLAIN)));
    }

    @Test
    void aRowOfAnotherLengthIsADefect() {
        assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class);
    }
}
