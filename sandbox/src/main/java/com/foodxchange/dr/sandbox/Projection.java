package com.foodxchange.dr.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which fields of a document a client wants. */
final class Projection implements UnaryOperator<Value> {
    /** A field that is taken or left out as a whole has no fields of its own here. */
    private static final class Tree {
        private final Map<String, Tree> fields = new LinkedHashMap<>();
    }

    private final Tree tree = new Tree();
    private boolean including;
    private boolean decided;
    private boolean withId = true;

    private Projection() {}

    static UnaryOperator<Value> of(Value spec) {
        if (spec.isEmpty()) {
            return document -> document;
        }
        if (!isPlain(spec)) {
            return document -> Engine.project(spec, document);
        }
        Projection projection = new Projection();
        Fields fields = spec.fields();
        while (fields.next()) {
            projection.add(fields.name(), fields.value());
        }
        return projection;
    }

    /** Whether it only takes fields or leaves them out. */
    static boolean isPlain(Value spec) {
        return spec.elements().stream().noneMatch(each -> each.isContainer() || each.isString());
    }

    private void add(String name, Value value) {
        if (name.equals("_id")) {
            withId = value.truth();
            return;
        }
        if (decided && including != value.truth()) {
            throw new CommandException(
                    31254, "Location31254", "Cannot mix inclusion and exclusion in a projection at " + name);
        }
        including = value.truth();
        decided = true;
        Tree at = tree;
        for (String part : Paths.split(name)) {
            at = at.fields.computeIfAbsent(part, unused -> new Tree());
        }
    }

    @Override
    public Value apply(Value document) {
        // {_id: 1} alone takes the _id and nothing else
        boolean take = decided ? including : withId;
        Writer out = new Writer(document.length());
        write(document, tree, take, true, out);
        return Value.document(out.toBytes());
    }

    private void write(Value container, Tree wanted, boolean take, boolean top, Writer out) {
        out.open();
        int index = 0;
        Fields fields = container.fields();
        while (fields.next()) {
            Value value = fields.value();
            if (top && fields.nameIs("_id")) {
                if (withId) {
                    out.element(fields, container.bytes());
                }
                continue;
            }
            Tree inner = container.isArray() ? wanted : wanted.fields.get(fields.name());
            boolean partly = inner != null && !inner.fields.isEmpty();
            if (inner != null && partly && value.isContainer()) {
                out.name(value.type(), container.isArray() ? Integer.toString(index++) : fields.name());
                write(value, inner, take, false, out);
            } else if ((inner != null && !partly) == take && !(partly && take)) {
                out.put(container.isArray() ? Integer.toString(index++) : fields.name(), value);
            }
        }
        out.close();
    }
}
