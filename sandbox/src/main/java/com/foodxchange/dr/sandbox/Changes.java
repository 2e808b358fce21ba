package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement's changes of a collection, each with its oplog entry. Used under the server's lock. */
final class Changes {
    private final Server server;
    private final Collection collection;
    private final @Nullable Statement statement;

    Changes(Server server, Collection collection, @Nullable Statement statement) {
        this.server = server;
        this.collection = collection;
        this.statement = statement;
    }

    private @Nullable Oplog oplog() {
        return collection.namespace().isReplicated() ? server.oplog() : null;
    }

    Outcome update(Value command, boolean keepEmptyTimestamps) {
        Value filter = required(command, "q");
        boolean multi = flag(command, "multi");
        Update update = Update.of(required(command, "u"), command.get("arrayFilters"), keepEmptyTimestamps);
        if (multi && update.isReplacement()) {
            throw CommandException.failedToParse("multi update is not supported for replacement-style update");
        }
        List<Records.Stored> found = find(filter, Value.EMPTY_DOCUMENT, multi);
        if (found.isEmpty() && flag(command, "upsert")) {
            return new Outcome(0, 0, Collection.id(upsert(filter, update)), null);
        }
        Matcher matcher = Matcher.of(filter);
        long modified = 0;
        for (Records.Stored stored : found) {
            if (apply(stored, matcher, update) != null) {
                modified++;
            }
        }
        return new Outcome(found.size(), modified, null, null);
    }

    Outcome delete(Value command) {
        Value limit = command.get("limit");
        boolean all = limit == null || limit.number() == 0;
        List<Records.Stored> found = find(required(command, "q"), Value.EMPTY_DOCUMENT, all);
        found.forEach(this::remove);
        return Outcome.changed(found.size());
    }

    private static Value required(Value command, String field) {
        Value value = command.get(field);
        if (value == null) {
            throw new CommandException(
                    40414, "Location40414", "BSON field '" + field + "' is missing but a required field");
        }
        return value;
    }

    private static boolean flag(Value command, String field) {
        Value value = command.get(field);
        return value != null && value.truth();
    }

    /** All that match, or the first of them. */
    List<Records.Stored> find(Value filter, Value sort, boolean all) {
        Plan plan = Plan.of(collection, filter, sort, null);
        Matcher matcher = Matcher.of(filter);
        List<Records.Stored> found = new ArrayList<>();
        for (Records.Stored next = plan.scan().next();
                next != null;
                next = plan.scan().next()) {
            if (matcher.matches(next.document())) {
                found.add(next);
                if (!all && plan.sorted()) {
                    break;
                }
            }
        }
        if (!plan.sorted()) {
            Sort order = new Sort(sort);
            found.sort((a, b) -> order.compare(a.document(), b.document()));
        }
        return all || found.size() <= 1 ? found : found.subList(0, 1);
    }

    void remove(Records.Stored stored) {
        Value id = Collection.id(stored.document());
        collection.remove(stored);
        Oplog oplog = oplog();
        if (oplog != null) {
            oplog.delete(collection, id, statement);
        }
    }

    /** The document as it is afterwards, or null when the update changes nothing of it. */
    @Nullable
    Value apply(Records.Stored stored, Matcher matcher, Update update) {
        Value before = stored.document();
        int[] position = {-1};
        matcher.matches(before, position);
        Value after = update.apply(before, position[0], false).copy();
        if (after.isSame(before)) {
            return null;
        }
        Value id = Collection.id(before);
        checkId(id, after);
        collection.replace(stored, after.bytes());
        Oplog oplog = oplog();
        if (oplog != null) {
            Value diff = update.isReplacement() ? null : Diff.entry(before, after);
            oplog.update(collection, id, diff == null ? after : diff, statement);
        }
        return after;
    }

    private static void checkId(Value id, Value after) {
        Value now = after.get("_id");
        if (now == null || Order.compare(now, id) != 0) {
            throw new CommandException(
                    66,
                    "ImmutableField",
                    "Performing an update on the path '_id' would modify the immutable field '_id'");
        }
    }

    /** Inserts what the filter's equalities and the update make together. */
    Value upsert(Value filter, Update update) {
        Node base = Node.emptyDocument();
        equalities(filter, base, update.isReplacement());
        Value made = update.apply(base.toValue(), -1, true);
        byte[] bytes = NewDocument.prepare(made, true);
        collection.insert(bytes);
        Oplog oplog = oplog();
        if (oplog != null) {
            oplog.insert(collection, bytes, statement);
        }
        return Value.document(bytes);
    }

    private static void equalities(Value filter, Node base, boolean idOnly) {
        Fields fields = filter.fields();
        while (fields.next()) {
            Value value = fields.value();
            if (fields.nameIs("$and") && value.isArray()) {
                value.elements().forEach(part -> equalities(part, base, idOnly));
            } else if (!fields.name().startsWith("$") && (!idOnly || fields.nameIs("_id"))) {
                Value equal = Condition.isOperators(value) ? value.get("$eq") : value;
                if (equal != null && equal.type() != Value.REGEX) {
                    set(base, Paths.split(fields.name()), equal);
                }
            }
        }
    }

    private static void set(Node base, List<String> path, Value value) {
        Node at = base;
        for (int depth = 0; depth < path.size() - 1; depth++) {
            Node next = at.child(path.get(depth));
            if (next == null) {
                next = Node.emptyDocument();
                at.set(path.get(depth), next);
            }
            at = next;
        }
        at.set(path.get(path.size() - 1), new Node(value));
    }
}
