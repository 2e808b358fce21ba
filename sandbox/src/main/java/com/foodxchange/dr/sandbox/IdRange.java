package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a filter that says between which {@code _id}s to look. */
final class IdRange {
    private @Nullable Value lower;
    private boolean lowerIncluded;
    private @Nullable Value upper;
    private boolean upperIncluded;
    private int rank = Integer.MIN_VALUE;
    private @Nullable List<Value> points;
    private boolean whole = true;

    /** What a filter says; it may say more. */
    static IdRange of(Value filter) {
        IdRange range = new IdRange();
        range.read(filter);
        return range;
    }

    /** From {@code min} to before {@code max} in the order of all types, either may be null. */
    static IdRange between(@Nullable Value min, @Nullable Value max) {
        IdRange range = new IdRange();
        range.lower = min;
        range.lowerIncluded = true;
        range.upper = max;
        return range;
    }

    private void read(Value filter) {
        Fields fields = filter.fields();
        while (fields.next()) {
            Value value = fields.value();
            if (fields.nameIs("$and") && value.isArray()) {
                value.elements().forEach(this::read);
            } else if (!fields.nameIs("_id")) {
                whole = false;
            } else if (Condition.isOperators(value)) {
                readOperators(value);
            } else {
                equal(value);
            }
        }
    }

    private void readOperators(Value value) {
        Fields operators = value.fields();
        while (operators.next()) {
            Value operand = operators.value();
            switch (operators.name()) {
                case "$eq" -> equal(operand);
                case "$gt" -> raise(operand, false);
                case "$gte" -> raise(operand, true);
                case "$lt" -> sink(operand, false);
                case "$lte" -> sink(operand, true);
                case "$in" -> in(operand);
                default -> whole = false;
            }
        }
    }

    private void equal(Value value) {
        raise(value, true);
        sink(value, true);
    }

    private void in(Value operand) {
        whole = false;
        if (operand.isArray() && points == null) {
            List<Value> sorted = new ArrayList<>(operand.elements());
            if (sorted.stream().allMatch(IdRange::isPlain)) {
                sorted.sort(Order::compare);
                points = sorted;
            }
        }
    }

    private static boolean isPlain(Value value) {
        return switch (value.type()) {
            case Value.REGEX, Value.ARRAY, Value.NULL, Value.UNDEFINED, Value.MIN_KEY, Value.MAX_KEY -> false;
            default -> !value.isNan();
        };
    }

    /** Whether a bound of that kind can be used: comparisons keep to one kind of types. */
    private boolean usable(Value bound) {
        int ranked = Order.rank(bound.type());
        if (!isPlain(bound) || (rank != Integer.MIN_VALUE && rank != ranked)) {
            whole = false;
            return false;
        }
        rank = ranked;
        return true;
    }

    private void raise(Value bound, boolean included) {
        if (!usable(bound)) {
            return;
        }
        int order = lower == null ? 1 : Order.compare(bound, lower);
        if (order > 0 || (order == 0 && !included)) {
            lower = bound;
            lowerIncluded = included;
        }
    }

    private void sink(Value bound, boolean included) {
        if (!usable(bound)) {
            return;
        }
        int order = upper == null ? -1 : Order.compare(bound, upper);
        if (order < 0 || (order == 0 && !included)) {
            upper = bound;
            upperIncluded = included;
        }
    }

    /** Whether it says all that the filter says. */
    boolean isWhole() {
        return whole && points == null && (rank != 10 || lower != null);
    }

    boolean isBounded() {
        return lower != null || upper != null || points != null;
    }

    /** The few {@code _id}s to look for, in order, or null when it is a range. */
    @Nullable
    List<Value> points() {
        return points;
    }

    @Nullable
    Value lower() {
        return lower;
    }

    boolean lowerIncluded() {
        return lowerIncluded;
    }

    @Nullable
    Value upper() {
        return upper;
    }

    /** Whether an id lies above the range, so that nothing more comes in ascending order. */
    boolean isAbove(Value id) {
        if (upper != null) {
            int order = Order.compare(id, upper);
            return upperIncluded ? order > 0 : order >= 0;
        }
        return rank != Integer.MIN_VALUE && Order.rank(id.type()) > rank;
    }

    boolean isBelow(Value id) {
        if (lower != null) {
            int order = Order.compare(id, lower);
            return lowerIncluded ? order < 0 : order <= 0;
        }
        return rank != Integer.MIN_VALUE && Order.rank(id.type()) < rank;
    }
}
