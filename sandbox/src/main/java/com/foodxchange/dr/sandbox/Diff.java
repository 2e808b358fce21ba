package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two documents as {@code $v:2} oplog entries have it: {@code d} fields that are gone, {@code u}
 * fields with another value, {@code i} fields that come (back) at the end, {@code s<name>} differences inside a field; for
 * arrays {@code a:true}, {@code l} the new length, {@code u<index>} and {@code s<index>}.
 */
final class Diff {
    private static final int SLACK = 64;

    private Diff() {}

    /** What goes into {@code o}, or null when only the whole document can tell. */
    static @Nullable Value entry(Value before, Value after) {
        if (hasDuplicates(before) || hasDuplicates(after)) {
            return null;
        }
        Writer out = Writer.document().put("$v", 2).startDocument("diff");
        document(before, after, out);
        Value entry = out.close().finish();
        return isWorth(entry, after) ? entry : null;
    }

    /** The server writes down what operators touched, also when the whole value would be somewhat shorter. */
    private static boolean isWorth(Value diff, Value after) {
        return diff.length() < after.length() + SLACK;
    }

    private static boolean hasDuplicates(Value container) {
        Set<String> names = new HashSet<>();
        Fields fields = container.fields();
        while (fields.next()) {
            Value value = fields.value();
            if (!names.add(fields.name()) || (value.isContainer() && hasDuplicates(value))) {
                return true;
            }
        }
        return false;
    }

    /** Fields keep their order as long as they can: the others are gone, and come again at the end. */
    private static void document(Value before, Value after, Writer out) {
        Writer updated = Writer.document();
        Writer nested = Writer.document();
        List<String> deleted = new ArrayList<>();
        Fields old = before.fields();
        Fields now = after.fields();
        boolean more = now.next();
        while (old.next()) {
            if (more && old.nameIsSameAs(now)) {
                change(old.name(), old.value(), now.value(), updated, nested);
                more = now.next();
            } else {
                deleted.add(old.name());
            }
        }
        Writer inserted = Writer.document();
        for (; more; more = now.next()) {
            deleted.remove(now.name());
            inserted.element(now, after.bytes());
        }
        write(deleted, updated.finish(), inserted.finish(), nested.finish(), out);
    }

    private static void write(List<String> deleted, Value updated, Value inserted, Value nested, Writer out) {
        if (!deleted.isEmpty()) {
            out.startDocument("d");
            deleted.forEach(name -> out.put(name, false));
            out.close();
        }
        if (!updated.isEmpty()) {
            out.put("u", updated);
        }
        if (!inserted.isEmpty()) {
            out.put("i", inserted);
        }
        out.putAll(nested);
    }

    private static void change(String name, Value before, Value after, Writer updated, Writer nested) {
        if (before.isSame(after)) {
            return;
        }
        Value inner = inner(before, after);
        if (inner == null) {
            updated.put(name, after);
        } else {
            nested.put("s" + name, inner);
        }
    }

    /** The difference of two documents or two arrays, if it is not much longer than the value itself. */
    private static @Nullable Value inner(Value before, Value after) {
        if (before.type() != after.type() || !before.isContainer()) {
            return null;
        }
        Writer out = Writer.document();
        if (before.isArray()) {
            array(before.elements(), after.elements(), out);
        } else {
            document(before, after, out);
        }
        Value diff = out.finish();
        return isWorth(diff, after) ? diff : null;
    }

    private static void array(List<Value> before, List<Value> after, Writer out) {
        out.put("a", true);
        if (after.size() < before.size()) {
            out.put("l", after.size());
        }
        for (int at = 0; at < after.size(); at++) {
            if (at >= before.size()) {
                out.put("u" + at, after.get(at));
            } else if (!before.get(at).isSame(after.get(at))) {
                Value inner = inner(before.get(at), after.get(at));
                out.put(inner == null ? "u" + at : "s" + at, inner == null ? after.get(at) : inner);
            }
        }
    }
}
