package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;

/** A query filter. Thread-safe. */
final class Matcher {
    /** A test of a document; {@code position} takes the array index that {@code $} in an update stands for. */
    interface Test {
        boolean test(Value document, int[] position);
    }

    private static final Matcher ALL = new Matcher((document, position) -> true);

    private final Test test;

    private Matcher(Test test) {
        this.test = test;
    }

    /**
     * Reads a filter.
     *
     * @throws CommandException when it is no filter, or uses what the sandbox does not have
     */
    static Matcher of(Value filter) {
        return filter.isEmpty() ? ALL : new Matcher(parse(filter));
    }

    boolean matches(Value document) {
        return test.test(document, new int[1]);
    }

    /** Whether the document matches; {@code position} takes the index of the array element that did. */
    boolean matches(Value document, int[] position) {
        return test.test(document, position);
    }

    private static Test parse(Value filter) {
        if (!filter.isDocument()) {
            throw CommandException.badValue("a filter has to be an object, not " + filter.typeName());
        }
        List<Test> tests = new ArrayList<>();
        Fields fields = filter.fields();
        while (fields.next()) {
            String name = fields.name();
            tests.add(name.startsWith("$") ? operator(name, fields.value()) : field(name, fields.value()));
        }
        return tests.size() == 1 ? tests.getFirst() : all(tests);
    }

    private static Test operator(String name, Value operand) {
        return switch (name) {
            case "$and" -> all(list(name, operand));
            case "$or" -> any(list(name, operand));
            case "$nor" -> not(any(list(name, operand)));
            case "$comment" -> (document, position) -> true;
            case "$expr" -> (document, position) -> Engine.isTrue(operand, document);
            case "$alwaysTrue" -> (document, position) -> true;
            case "$alwaysFalse" -> (document, position) -> false;
            default ->
                throw CommandException.badValue("unknown top level operator: " + name
                        + ". If you are trying to negate an entire expression, use $nor. (Or the sandbox lacks it.)");
        };
    }

    private static List<Test> list(String name, Value operand) {
        if (!operand.isArray() || operand.isEmpty()) {
            throw CommandException.badValue(name + " argument must be a non-empty array");
        }
        return operand.elements().stream().map(Matcher::parse).toList();
    }

    private static Test field(String name, Value condition) {
        List<String> path = Paths.split(name);
        List<Condition> conditions = Condition.parse(condition);
        if (conditions.size() == 1) {
            return field(path, conditions.getFirst());
        }
        return all(conditions.stream().map(each -> field(path, each)).toList());
    }

    private static Test field(List<String> path, Condition condition) {
        Test found = (document, position) ->
                Paths.any(document, path, 0, position, value -> condition.passes(value, position));
        return condition.negated() ? not(found) : found;
    }

    private static Test not(Test test) {
        return (document, position) -> !test.test(document, position);
    }

    private static Test all(List<Test> tests) {
        return (document, position) -> {
            for (Test test : tests) {
                if (!test.test(document, position)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Test any(List<Test> tests) {
        return (document, position) -> {
            for (Test test : tests) {
                if (test.test(document, position)) {
                    return true;
                }
            }
            return false;
        };
    }
}
