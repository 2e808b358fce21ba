package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a filter demands of the values at one path. A negated condition holds when no value there passes.
 *
 * @param test gets null where there is no value
 * @param unfolds whether an array also passes when one of its elements does
 * @param element what an element of an array has to pass, if only arrays can pass
 */
record Condition(
        boolean negated,
        boolean unfolds,
        Predicate<@Nullable Value> test,
        @Nullable Predicate<Value> element) {

    Condition(boolean negated, boolean unfolds, Predicate<@Nullable Value> test) {
        this(negated, unfolds, test, null);
    }

    /** All conditions in what stands behind a field's name. */
    static List<Condition> parse(Value value) {
        if (!isOperators(value)) {
            return List.of(equal(value));
        }
        List<Condition> conditions = new ArrayList<>();
        Fields fields = value.fields();
        while (fields.next()) {
            String name = fields.name();
            if (!name.equals("$options")) {
                conditions.add(operator(name, fields.value(), value));
            }
        }
        return conditions;
    }

    /** Whether a value is a document whose first field is an operator. */
    static boolean isOperators(Value value) {
        if (!value.isDocument()) {
            return false;
        }
        Fields fields = value.fields();
        return fields.next() && fields.name().startsWith("$") && !isReference(fields.name());
    }

    private static boolean isReference(String name) {
        return name.equals("$ref") || name.equals("$id") || name.equals("$db");
    }

    boolean passes(@Nullable Value value, int[] position) {
        if (value != null && value.isArray()) {
            if (element != null) {
                return anyElement(value, element, position);
            }
            if (unfolds && anyElement(value, test, position)) {
                return true;
            }
        }
        return test.test(value);
    }

    private static boolean anyElement(Value array, Predicate<? super Value> test, int[] position) {
        Fields fields = array.fields();
        for (int at = 0; fields.next(); at++) {
            if (test.test(fields.value())) {
                position[0] = at;
                return true;
            }
        }
        return false;
    }

    /** Whether a value by itself, for example an element of an array, meets all conditions. */
    static Predicate<Value> ofElement(Value condition) {
        if (condition.isDocument() && !isOperators(condition)) {
            Matcher matcher = Matcher.of(condition);
            return value -> value.isDocument() && matcher.matches(value);
        }
        List<Condition> conditions = parse(condition);
        return value -> conditions.stream().allMatch(each -> each.negated() != each.passes(value, new int[1]));
    }

    private static Condition plain(Predicate<@Nullable Value> test) {
        return new Condition(false, true, test);
    }

    private Condition not() {
        return new Condition(!negated, unfolds, test, element);
    }

    private static Condition operator(String name, Value operand, Value all) {
        return switch (name) {
            case "$eq" -> plain(value -> equals(value, operand));
            case "$ne" -> equal(operand).not();
            case "$gt" -> compared(operand, false, order -> order > 0);
            case "$gte" -> compared(operand, true, order -> order >= 0);
            case "$lt" -> compared(operand, false, order -> order < 0);
            case "$lte" -> compared(operand, true, order -> order <= 0);
            case "$in" -> in(name, operand);
            case "$nin" -> in(name, operand).not();
            case "$exists" -> new Condition(!operand.truth(), false, value -> value != null);
            case "$type" -> type(operand);
            case "$size" -> size(operand);
            case "$mod" -> mod(operand);
            case "$regex" -> plain(Regex.of(operand, all.get("$options")));
            case "$all" -> everything(operand);
            case "$elemMatch" -> elemMatch(operand);
            case "$not" -> negation(operand);
            default ->
                throw CommandException.badValue("unknown operator: " + name + " (or one that the sandbox lacks)");
        };
    }

    private static Condition equal(Value operand) {
        if (operand.type() == Value.REGEX) {
            return plain(Regex.of(operand, null));
        }
        return plain(value -> equals(value, operand));
    }

    private static boolean equals(@Nullable Value value, Value operand) {
        if (operand.isNull()) {
            return value == null || value.isNull();
        }
        return value != null && Order.compare(value, operand) == 0;
    }

    private interface Sign {
        boolean fits(int order);
    }

    /** Only values of the same kind are compared, but the smallest and the largest key with all. */
    private static Condition compared(Value operand, boolean orEqual, Sign sign) {
        if (operand.type() == Value.MIN_KEY || operand.type() == Value.MAX_KEY) {
            return plain(value -> value != null && sign.fits(Order.compare(value, operand)));
        }
        if (operand.isNull()) {
            return plain(value -> orEqual && (value == null || value.isNull()));
        }
        if (operand.isNan()) {
            return plain(value -> orEqual && value != null && value.isNan());
        }
        int rank = Order.rank(operand.type());
        return plain(value -> value != null
                && Order.rank(value.type()) == rank
                && !value.isNan()
                && sign.fits(Order.compare(value, operand)));
    }

    private static Condition in(String name, Value operand) {
        if (!operand.isArray()) {
            throw CommandException.badValue(name + " needs an array");
        }
        List<Condition> any = operand.elements().stream().map(Condition::equal).toList();
        return plain(value -> any.stream().anyMatch(each -> each.test.test(value)));
    }

    private static Condition type(Value operand) {
        List<Value> wanted = operand.isArray() ? operand.elements() : List.of(operand);
        return plain(value -> value != null && wanted.stream().anyMatch(each -> isOfType(value, each)));
    }

    private static boolean isOfType(Value value, Value wanted) {
        if (wanted.isNumber()) {
            return value.type() == (byte) wanted.number();
        }
        String name = wanted.string();
        return name.equals("number") ? value.isNumber() : name.equals(value.typeName());
    }

    private static Condition size(Value operand) {
        long size = operand.number();
        return new Condition(
                false,
                false,
                value -> value != null && value.isArray() && value.elements().size() == size);
    }

    private static Condition mod(Value operand) {
        List<Value> numbers = operand.isArray() ? operand.elements() : List.of();
        if (numbers.size() < 2 || numbers.get(0).number() == 0) {
            throw CommandException.badValue("malformed mod, not enough elements");
        }
        long divisor = numbers.get(0).number();
        long remainder = numbers.get(1).number();
        return plain(
                value -> value != null && value.isNumber() && !value.isNan() && value.number() % divisor == remainder);
    }

    private static Condition everything(Value operand) {
        List<Condition> needed = new ArrayList<>();
        for (Value each : operand.elements()) {
            needed.add(isOperators(each) ? parse(each).getFirst() : equal(each));
        }
        return new Condition(
                false,
                false,
                value -> !needed.isEmpty() && needed.stream().allMatch(each -> each.passes(value, new int[1])));
    }

    private static Condition elemMatch(Value operand) {
        return new Condition(false, false, value -> false, ofElement(operand));
    }

    private static Condition negation(Value operand) {
        if (operand.type() == Value.REGEX) {
            return plain(Regex.of(operand, null)).not();
        }
        List<Condition> inner = parse(operand);
        return new Condition(
                true,
                false,
                value -> inner.stream().allMatch(each -> each.negated() != each.passes(value, new int[1])));
    }
}
