package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order that a {@code sort} document asks for. An array counts as its smallest or largest element. */
final class Sort implements Comparator<Value> {
    private record Key(List<String> path, int direction) {}

    private final List<Key> keys = new ArrayList<>();

    Sort(Value sort) {
        Fields fields = sort.fields();
        while (fields.next()) {
            Value direction = fields.value();
            if (!direction.isNumber() || Math.abs(direction.number()) != 1) {
                throw CommandException.badValue("$sort key ordering must be 1 (for ascending) or -1 (for descending)");
            }
            keys.add(new Key(Paths.split(fields.name()), (int) direction.number()));
        }
    }

    @Override
    public int compare(Value a, Value b) {
        for (Key key : keys) {
            int order = Order.compare(value(a, key), value(b, key)) * key.direction;
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Value value(Value document, Key key) {
        List<Value> values = Paths.keys(document, key.path);
        Value best = values.getFirst();
        for (Value value : values) {
            if (Order.compare(value, best) * key.direction < 0) {
                best = value;
            }
        }
        return best;
    }
}
