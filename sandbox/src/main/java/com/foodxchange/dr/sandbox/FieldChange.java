package com.foodxchange.dr.sandbox;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The update operators, each at one place of a document. */
final class FieldChange {
    private static final Set<String> ON_FIELDS =
            Set.of("$set", "$setOnInsert", "$unset", "$inc", "$mul", "$min", "$max", "$rename", "$currentDate", "$bit");
    private static final Set<String> ON_ARRAYS = Set.of("$push", "$addToSet", "$pull", "$pullAll", "$pop");
    private static final Set<String> NEED_FIELD = Set.of("$unset", "$pull", "$pullAll", "$pop", "$rename");

    private FieldChange() {}

    static boolean isKnown(String operator) {
        return ON_FIELDS.contains(operator) || ON_ARRAYS.contains(operator);
    }

    /** Whether the operator does nothing where the way to the field does not exist. */
    static boolean needsField(String operator) {
        return NEED_FIELD.contains(operator);
    }

    static void refuseScalar(Node parent, String name) {
        if (!parent.isDocument() && !parent.isArray()) {
            throw new CommandException(
                    28, "PathNotViable", "Cannot create field '" + name + "' in element {: " + parent.toValue() + "}");
        }
    }

    /** {@code root} is where a rename's target is looked up. */
    static void apply(String operator, Node parent, String name, Value operand, Node root) {
        if (needsField(operator) && !parent.isDocument() && !parent.isArray()) {
            return;
        }
        refuseScalar(parent, name);
        Node child = parent.child(name);
        Value old = child == null ? null : child.toValue();
        Value result = ON_ARRAYS.contains(operator)
                ? ArrayChange.apply(operator, name, old, operand)
                : switch (operator) {
                    case "$set", "$setOnInsert" -> operand;
                    case "$inc" -> increase(name, old, operand);
                    case "$mul" -> multiply(name, old, operand);
                    case "$min" -> old == null || Order.compare(operand, old) < 0 ? operand : old;
                    case "$max" -> old == null || Order.compare(operand, old) > 0 ? operand : old;
                    case "$currentDate" -> now(operand);
                    case "$bit" -> bits(name, old, operand);
                    case "$rename" -> rename(parent, name, old, operand, root);
                    default -> remove(parent, name);
                };
        if (result != null && (old == null || !result.isSame(old))) {
            parent.set(name, new Node(result));
        }
    }

    private static @Nullable Value remove(Node parent, String name) {
        parent.remove(name);
        return null;
    }

    private static Value increase(String name, @Nullable Value old, Value operand) {
        checkNumbers("$inc", "increment", name, old, operand);
        return old == null ? operand : Numbers.add(old, operand);
    }

    private static Value multiply(String name, @Nullable Value old, Value operand) {
        checkNumbers("$mul", "multiply", name, old, operand);
        return Numbers.multiply(old == null ? Value.of(0) : old, operand);
    }

    private static void checkNumbers(String operator, String verb, String name, @Nullable Value old, Value operand) {
        if (!operand.isNumber()) {
            throw CommandException.typeMismatch(
                    "Cannot " + verb + " with non-numeric argument: {" + name + ": " + operand + "}");
        }
        if (old != null && !old.isNumber()) {
            throw CommandException.typeMismatch("Cannot apply " + operator
                    + " to a value of non-numeric type. The field '" + name + "' has the type " + old.typeName());
        }
    }

    private static Value now(Value operand) {
        Value type = operand.isDocument() ? operand.get("$type") : null;
        boolean timestamp = type != null && type.isString() && type.string().equals("timestamp");
        return timestamp ? Value.timestamp(NewDocument.now()) : Value.date(System.currentTimeMillis());
    }

    private static Value bits(String name, @Nullable Value old, Value operand) {
        Value number = old == null ? Value.of(0) : old;
        if (number.type() != Value.INT32 && number.type() != Value.INT64) {
            throw CommandException.badValue("Cannot apply $bit to a value of non-integral type. The field '" + name
                    + "' has the type " + number.typeName());
        }
        boolean wide = number.type() == Value.INT64;
        long result = number.number();
        Fields fields = operand.fields();
        while (fields.next()) {
            long mask = fields.value().number();
            wide |= fields.value().type() == Value.INT64;
            result = switch (fields.name()) {
                case "and" -> result & mask;
                case "or" -> result | mask;
                case "xor" -> result ^ mask;
                default -> throw CommandException.badValue("The $bit modifier only supports 'and', 'or', and 'xor'");
            };
        }
        return wide ? Value.of(result) : Value.of((int) result);
    }

    private static @Nullable Value rename(Node parent, String name, @Nullable Value old, Value operand, Node root) {
        if (old == null) {
            return null;
        }
        parent.remove(name);
        List<String> path = Paths.split(operand.string());
        Node at = root;
        for (int depth = 0; depth < path.size() - 1; depth++) {
            Node next = at.child(path.get(depth));
            if (next == null) {
                next = Node.emptyDocument();
                at.set(path.get(depth), next);
            }
            at = next;
        }
        refuseScalar(at, path.get(path.size() - 1));
        at.remove(path.get(path.size() - 1));
        at.set(path.get(path.size() - 1), new Node(old));
        return null;
    }
}
