package com.foodxchange.dr.cli.output;

import java.util.ArrayList;
import java.util.List;

/** What there is to know about one thing: a line each, names and values aligned. Not thread-safe. */
public final class Facts {
    private record Fact(String name, Table.Cell value) {}

    private final List<Fact> facts = new ArrayList<>();

    public Facts add(String name, Object value) {
        facts.add(new Fact(name, Table.Cell.of(value)));
        return this;
    }

    public List<String> lines(Look look) {
        int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
        return facts.stream()
                .map(fact -> look.paint(
                                Style.FAINT,
                                fact.name() + " ".repeat(width - fact.name().length())) + "  "
                        + look.paint(fact.value().style(), fact.value().text()))
                .toList();
    }
}
