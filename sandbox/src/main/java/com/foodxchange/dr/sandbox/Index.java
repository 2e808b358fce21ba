package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * An index. Only unique ones have entries, since they alone can refuse a document; the others are remembered and listed.
 * Entries are changed under the server's lock.
 */
final class Index {
    private static final Comparator<List<Value>> KEYS = (a, b) -> {
        for (int at = 0; at < a.size(); at++) {
            int order = Order.compare(a.get(at), b.get(at));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private final Value spec;
    private final boolean unique;
    private final boolean sparse;
    private final @Nullable Matcher partial;
    private final List<List<String>> paths = new ArrayList<>();
    private final Folding folding;
    private final ConcurrentSkipListMap<List<Value>, Long> entries = new ConcurrentSkipListMap<>(KEYS);

    Index(Value spec) {
        this.spec = spec;
        Value flag = spec.get("unique");
        this.unique = flag != null && flag.truth() && !isId();
        flag = spec.get("sparse");
        this.sparse = flag != null && flag.truth();
        Value filter = spec.get("partialFilterExpression");
        this.partial = filter == null ? null : Matcher.of(filter);
        this.folding = Folding.of(spec.get("collation"));
        Fields key = key().fields();
        while (key.next()) {
            paths.add(Paths.split(key.name()));
        }
    }

    Value spec() {
        return spec;
    }

    String name() {
        return text("name");
    }

    Value key() {
        Value key = spec.get("key");
        if (key == null || !key.isDocument() || key.isEmpty()) {
            throw new CommandException(67, "CannotCreateIndex", "Index keys cannot be empty.");
        }
        return key;
    }

    boolean isId() {
        return name().equals("_id_");
    }

    boolean isUnique() {
        return unique;
    }

    private String text(String field) {
        Value value = spec.get(field);
        return value == null ? "" : value.string();
    }

    /** Whether the index has an entry for the document at all. */
    private boolean holds(Value document) {
        if (partial != null && !partial.matches(document)) {
            return false;
        }
        return !sparse || paths.stream().anyMatch(path -> Paths.exists(document, path));
    }

    /** Refuses the document when another record has one of its keys. */
    void check(Namespace namespace, Value document, long record) {
        if (!unique || !holds(document)) {
            return;
        }
        for (List<Value> key : keys(document)) {
            Long owner = entries.get(key);
            if (owner != null && owner != record) {
                throw duplicate(namespace, this, key);
            }
        }
    }

    void add(Value document, long record) {
        if (unique && holds(document)) {
            for (List<Value> key : keys(document)) {
                entries.put(key.stream().map(Value::copy).toList(), record);
            }
        }
    }

    void remove(Value document, long record) {
        if (unique && holds(document)) {
            for (List<Value> key : keys(document)) {
                entries.remove(key, record);
            }
        }
    }

    void clear() {
        entries.clear();
    }

    private List<List<Value>> keys(Value document) {
        List<List<Value>> keys = new ArrayList<>();
        keys.add(List.of());
        for (List<String> path : paths) {
            List<Value> values = Paths.keys(document, path);
            List<List<Value>> longer = new ArrayList<>(keys.size() * values.size());
            for (List<Value> key : keys) {
                for (Value value : values) {
                    List<Value> next = new ArrayList<>(key);
                    next.add(folding.fold(value));
                    longer.add(next);
                }
            }
            keys = longer;
        }
        return keys;
    }

    static CommandException duplicate(Namespace namespace, Index index, List<Value> key) {
        Writer values = Writer.document();
        Fields fields = index.key().fields();
        for (Value value : key) {
            fields.next();
            values.put(fields.name(), value);
        }
        Value keyValue = values.finish();
        String message = "E11000 duplicate key error collection: " + namespace + " index: " + index.name()
                + " dup key: " + keyValue;
        Value details = Writer.document()
                .put("keyPattern", index.key())
                .put("keyValue", keyValue)
                .finish();
        return new CommandException(11000, "DuplicateKey", message, details);
    }
}
