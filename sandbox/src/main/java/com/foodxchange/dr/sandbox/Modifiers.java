package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An update by operators. They are applied in the order of their paths, as the server does it. */
final class Modifiers implements Update {
    private record Modifier(String operator, List<String> path, Value operand) {}

    private final List<Modifier> modifiers = new ArrayList<>();
    private final Map<String, Predicate<Value>> arrayFilters = new HashMap<>();

    private Modifiers() {}

    static Modifiers parse(Value update, @Nullable Value filters) {
        Modifiers result = new Modifiers();
        Fields operators = update.fields();
        while (operators.next()) {
            result.read(operators.name(), operators.value());
        }
        result.modifiers.sort(Comparator.comparing(Modifier::path, Modifiers::compare));
        result.refuseConflicts();
        if (filters != null && filters.isArray()) {
            filters.elements().forEach(result::readFilter);
        }
        return result;
    }

    private void read(String operator, Value paths) {
        if (!FieldChange.isKnown(operator)) {
            throw CommandException.failedToParse("Unknown modifier: " + operator
                    + ". Expected a valid update modifier or pipeline-style update specified as an array");
        }
        if (!paths.isDocument()) {
            throw CommandException.failedToParse(
                    "Modifiers operate on fields but we found type " + paths.typeName() + " instead");
        }
        Fields fields = paths.fields();
        while (fields.next()) {
            List<String> path = Paths.split(fields.name());
            for (String part : path) {
                if (part.isEmpty()) {
                    throw new CommandException(
                            56,
                            "EmptyFieldName",
                            "The update path '" + fields.name()
                                    + "' contains an empty field name, which is not allowed.");
                }
            }
            modifiers.add(new Modifier(operator, path, fields.value()));
        }
    }

    private static int compare(List<String> a, List<String> b) {
        for (int at = 0; at < Math.min(a.size(), b.size()); at++) {
            int left = Paths.index(a.get(at));
            int right = Paths.index(b.get(at));
            int order = left >= 0 && right >= 0
                    ? Integer.compare(left, right)
                    : a.get(at).compareTo(b.get(at));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private void refuseConflicts() {
        for (int at = 1; at < modifiers.size(); at++) {
            List<String> one = modifiers.get(at - 1).path;
            List<String> two = modifiers.get(at).path;
            if (one.size() <= two.size() && startsWith(two, one)) {
                throw new CommandException(
                        40,
                        "ConflictingUpdateOperators",
                        "Updating the path '" + String.join(".", two) + "' would create a conflict at '"
                                + String.join(".", one) + "'");
            }
        }
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        for (int at = 0; at < start.size(); at++) {
            if (!path.get(at).equals(start.get(at))) {
                return false;
            }
        }
        return true;
    }

    /** A filter speaks of one identifier: {@code {x: condition}} or {@code {"x.a": condition}}. */
    private void readFilter(Value filter) {
        Writer onFields = Writer.document();
        String identifier = "";
        Value whole = null;
        Fields fields = filter.fields();
        while (fields.next()) {
            int dot = fields.name().indexOf('.');
            identifier = dot < 0 ? fields.name() : fields.name().substring(0, dot);
            if (dot < 0) {
                whole = fields.value();
            } else {
                onFields.put(fields.name().substring(dot + 1), fields.value());
            }
        }
        Value document = onFields.finish();
        Predicate<Value> test = whole == null ? value -> true : Condition.ofElement(whole);
        Matcher matcher = Matcher.of(document);
        arrayFilters.put(
                identifier,
                value -> test.test(value) && (document.isEmpty() || (value.isDocument() && matcher.matches(value))));
    }

    @Override
    public Value apply(Value document, int position, boolean inserting) {
        Node root = new Node(document);
        for (Modifier modifier : modifiers) {
            if (!modifier.operator.equals("$setOnInsert") || inserting) {
                change(root, modifier, 0, position);
            }
        }
        return root.toValue();
    }

    /** Walks down; parts that stand for several elements of an array branch. */
    private void change(Node at, Modifier modifier, int depth, int position) {
        Node parent = at;
        List<String> path = modifier.path;
        int last = depth;
        Node root = at;
        for (; ; last++) {
            if (path.get(last).startsWith("$")) {
                branch(parent, modifier, last, position);
                return;
            }
            if (last == path.size() - 1) {
                FieldChange.apply(modifier.operator, parent, path.get(last), modifier.operand, root);
                return;
            }
            Node child = parent.child(path.get(last));
            if (child == null) {
                if (FieldChange.needsField(modifier.operator)) {
                    return;
                }
                child = Node.emptyDocument();
                FieldChange.refuseScalar(parent, path.get(last));
                parent.set(path.get(last), child);
            }
            parent = child;
        }
    }

    private void branch(Node array, Modifier modifier, int depth, int position) {
        if (!array.isArray()) {
            throw CommandException.badValue("The path '" + String.join(".", modifier.path)
                    + "' must exist in the document in order to apply array updates.");
        }
        String part = modifier.path.get(depth);
        Predicate<Value> filter = filter(part);
        for (int at = 0; at < array.size(); at++) {
            boolean chosen = filter == null ? at == position : filter.test(element(array, at));
            if (chosen) {
                List<String> path = new ArrayList<>(modifier.path);
                path.set(depth, Integer.toString(at));
                change(array, new Modifier(modifier.operator, path, modifier.operand), depth, position);
            }
        }
    }

    private static Value element(Node array, int at) {
        Node child = array.child(Integer.toString(at));
        return child == null ? Value.NULL_VALUE : child.toValue();
    }

    /** Null for {@code $}, which stands for a position. */
    private @Nullable Predicate<Value> filter(String part) {
        if (part.equals("$")) {
            return null;
        }
        if (part.equals("$[]")) {
            return value -> true;
        }
        Predicate<Value> filter = part.startsWith("$[") ? arrayFilters.get(part.substring(2, part.length() - 1)) : null;
        if (filter == null) {
            throw CommandException.badValue("No array filter found for identifier '" + part + "'");
        }
        return filter;
    }
}
