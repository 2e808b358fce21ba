package com.foodxchange.dr.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns without frames, so that they can be read, copied and cut by a script. Not thread-safe. */
public final class Table {
    private static final String GAP = "  ";

    /** One field and what it means. */
    public record Cell(String text, Style style) {
        public static Cell of(Object value) {
            return value instanceof Cell cell ? cell : new Cell(value.toString(), Style.PLAIN);
        }
    }

    private record Column(String name, boolean right) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<List<Cell>> rows = new ArrayList<>();

    /** Adds a column of words. */
    public Table left(String name) {
        columns.add(new Column(name, false));
        return this;
    }

    /** Adds a column of figures. */
    public Table right(String name) {
        columns.add(new Column(name, true));
        return this;
    }

    /** Adds a row: one value for each column, text or {@link Cell}. */
    public Table row(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        rows.add(List.of(values).stream().map(Cell::of).toList());
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines: names, a rule, the rows. */
    public List<String> lines(Look look) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        List<Cell> names = columns.stream()
                .map(column -> new Cell(column.name(), Style.STRONG))
                .toList();
        lines.add(line(names, widths, look));
        int total = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        lines.add(look.paint(Style.FAINT, look.rule(total)));
        rows.forEach(row -> lines.add(line(row, widths, look)));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(columns.get(column).name());
            for (List<Cell> row : rows) {
                widths[column] = Math.max(widths[column], length(row.get(column).text()));
            }
        }
        return widths;
    }

    private String line(List<Cell> cells, int[] widths, Look look) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            Cell cell = cells.get(column);
            String padding = " ".repeat(widths[column] - length(cell.text()));
            String painted = look.paint(cell.style(), cell.text());
            boolean last = column == widths.length - 1;
            boolean right = columns.get(column).right();
            line.append(column == 0 ? "" : GAP).append(right ? padding + painted : last ? painted : painted + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
