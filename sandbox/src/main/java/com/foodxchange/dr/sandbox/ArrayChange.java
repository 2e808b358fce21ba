package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The update operators that change arrays. */
final class ArrayChange {
    private ArrayChange() {}

    /** The array afterwards; null when there is none and none comes to be. */
    static @Nullable Value apply(String operator, String name, @Nullable Value old, Value operand) {
        boolean adds = operator.equals("$push") || operator.equals("$addToSet");
        if (old == null && !adds) {
            return null;
        }
        if (old != null && !old.isArray()) {
            throw adds
                    ? CommandException.badValue("The field '" + name + "' must be an array but is of type "
                            + old.typeName() + " in document")
                    : CommandException.typeMismatch("Cannot apply " + operator + " to a non-array value");
        }
        List<Value> elements = old == null ? new ArrayList<>() : old.elements();
        int before = elements.size();
        List<Value> result = switch (operator) {
            case "$push" -> push(elements, operand);
            case "$addToSet" -> addToSet(elements, operand);
            case "$pop" -> pop(elements, operand);
            case "$pullAll" -> without(elements, value -> contains(operand.elements(), value));
            default -> without(elements, Condition.ofElement(operand));
        };
        boolean shrunk = !adds && result.size() == before;
        return shrunk ? old : Node.array(result);
    }

    private static boolean contains(List<Value> values, Value wanted) {
        return values.stream().anyMatch(value -> Order.compare(value, wanted) == 0);
    }

    private static List<Value> without(List<Value> elements, Predicate<Value> condition) {
        elements.removeIf(condition);
        return elements;
    }

    private static List<Value> pop(List<Value> elements, Value operand) {
        if (!elements.isEmpty()) {
            elements.remove(operand.number() < 0 ? 0 : elements.size() - 1);
        }
        return elements;
    }

    private static List<Value> addToSet(List<Value> elements, Value operand) {
        for (Value each : each(operand)) {
            if (!contains(elements, each)) {
                elements.add(each);
            }
        }
        return elements;
    }

    private static List<Value> each(Value operand) {
        Value each = operand.isDocument() ? operand.get("$each") : null;
        if (each == null) {
            return List.of(operand);
        }
        if (!each.isArray()) {
            throw CommandException.badValue(
                    "The argument to $each must be an array but it was of type: " + each.typeName());
        }
        return each.elements();
    }

    private static List<Value> push(List<Value> elements, Value operand) {
        boolean modified = operand.isDocument() && operand.get("$each") != null;
        Value position = modified ? operand.get("$position") : null;
        int at = elements.size();
        if (position != null) {
            long wanted = position.number();
            at = (int) (wanted < 0 ? Math.max(0, at + wanted) : Math.min(at, wanted));
        }
        elements.addAll(at, each(operand));
        if (!modified) {
            return elements;
        }
        Value sort = operand.get("$sort");
        if (sort != null) {
            elements.sort(order(sort));
        }
        Value slice = operand.get("$slice");
        return slice == null ? elements : slice(elements, slice.number());
    }

    private static Comparator<Value> order(Value sort) {
        if (sort.isNumber()) {
            return sort.number() < 0 ? (a, b) -> Order.compare(b, a) : Order::compare;
        }
        Sort byFields = new Sort(sort);
        return (a, b) -> a.isDocument() && b.isDocument() ? byFields.compare(a, b) : Order.compare(a, b);
    }

    private static List<Value> slice(List<Value> elements, long slice) {
        int size = elements.size();
        if (slice >= 0) {
            return elements.subList(0, (int) Math.min(size, slice));
        }
        return elements.subList((int) Math.max(0, size + slice), size);
    }
}
