package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Dotted paths through documents and arrays. */
final class Paths {
    private Paths() {}

    static List<String> split(String path) {
        return List.of(path.split("\\.", -1));
    }

    /** The index that a path's part means in an array, or -1. */
    static int index(String part) {
        if (part.isEmpty() || part.length() > 9 || (part.length() > 1 && part.charAt(0) == '0')) {
            return -1;
        }
        for (int at = 0; at < part.length(); at++) {
            if (part.charAt(at) < '0' || part.charAt(at) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(part);
    }

    static @Nullable Value element(Value array, int index) {
        Fields fields = array.fields();
        for (int at = 0; fields.next(); at++) {
            if (at == index) {
                return fields.value();
            }
        }
        return null;
    }

    /**
     * Whether any value at the path passes: arrays on the way are entered; what lies at the end is given as it is, null when
     * there is nothing. {@code position} takes the index of the array element through which it passed.
     */
    static boolean any(Value from, List<String> path, int at, int[] position, Predicate<@Nullable Value> test) {
        Value next = from.get(path.get(at));
        if (at == path.size() - 1) {
            return test.test(next);
        }
        if (next == null || !next.isContainer()) {
            return test.test(null);
        }
        return next.isDocument()
                ? any(next, path, at + 1, position, test)
                : anyOfArray(next, path, at + 1, position, test);
    }

    private static boolean anyOfArray(
            Value array, List<String> path, int at, int[] position, Predicate<@Nullable Value> test) {
        int index = index(path.get(at));
        Fields fields = array.fields();
        for (int element = 0; fields.next(); element++) {
            Value value = fields.value();
            if (value.isDocument() && any(value, path, at, position, test)) {
                position[0] = element;
                return true;
            }
            if (element == index && atIndex(value, path, at, position, test)) {
                return true;
            }
        }
        return false;
    }

    private static boolean atIndex(
            Value value, List<String> path, int at, int[] position, Predicate<@Nullable Value> test) {
        if (at == path.size() - 1) {
            return test.test(value);
        }
        if (value.isDocument()) {
            return any(value, path, at + 1, position, test);
        }
        return value.isArray() && anyOfArray(value, path, at + 1, position, test);
    }

    /** Every value at the path, arrays at its end unfolded, as an index sees it; a single null where there is nothing. */
    static List<Value> keys(Value document, List<String> path) {
        List<Value> keys = new ArrayList<>();
        any(document, path, 0, new int[1], value -> {
            if (value == null) {
                keys.add(Value.NULL_VALUE);
            } else if (!value.isArray()) {
                keys.add(value);
            } else if (value.isEmpty()) {
                keys.add(new Value(Value.UNDEFINED, value.bytes(), value.offset(), 0));
            } else {
                keys.addAll(value.elements());
            }
            return false;
        });
        if (keys.isEmpty()) {
            keys.add(Value.NULL_VALUE);
        }
        return keys;
    }

    /** Whether there is a value at the path. */
    static boolean exists(Value document, List<String> path) {
        return any(document, path, 0, new int[1], value -> value != null);
    }
}
