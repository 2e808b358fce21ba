package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records are found.
 *
 * @param scan where they come from
 * @param sorted whether they come in the order that was asked for
 * @param filtered whether only what matches comes, so that no document has to be looked into
 */
record Plan(Scan scan, boolean sorted, boolean filtered) {

    static Plan of(Collection collection, Value filter) {
        return of(collection, filter, Value.EMPTY_DOCUMENT, null);
    }

    /** {@code sort} is empty when any order will do. */
    static Plan of(Collection collection, Value filter, Value sort, @Nullable Value hint) {
        int byId = direction(sort, "_id");
        IdRange range = IdRange.of(filter);
        int natural = direction(sort, "$natural");
        if (natural == 0 && hint != null && hint.isDocument()) {
            natural = direction(hint, "$natural");
        }
        boolean sorted = sort.isEmpty() || byId != 0 || natural != 0;
        if (natural != 0 || (byId == 0 && !range.isBounded() && !isIdHint(hint))) {
            Scan scan = new NaturalScan(collection.records(), natural >= 0, collection.isCapped());
            return new Plan(scan, sorted, filter.isEmpty());
        }
        List<Value> points = range.points();
        if (points != null) {
            return new Plan(points(collection, points, byId >= 0), sorted, false);
        }
        return new Plan(new IdScan(collection, range, byId >= 0), sorted, filter.isEmpty() || range.isWhole());
    }

    /** Records with {@code _id}s from {@code min} to before {@code max}, whatever their types. */
    static Plan between(Collection collection, Value filter, Value sort, @Nullable Value min, @Nullable Value max) {
        IdRange range = IdRange.between(min == null ? null : min.get("_id"), max == null ? null : max.get("_id"));
        int byId = direction(sort, "_id");
        return new Plan(new IdScan(collection, range, byId >= 0), sort.isEmpty() || byId != 0, filter.isEmpty());
    }

    private static Scan points(Collection collection, List<Value> ids, boolean forward) {
        List<Value> inOrder = new ArrayList<>();
        for (Value id : forward ? ids : ids.reversed()) {
            if (inOrder.isEmpty() || Order.compare(inOrder.getLast(), id) != 0) {
                inOrder.add(id);
            }
        }
        Iterator<Value> iterator = inOrder.iterator();
        return () -> {
            while (iterator.hasNext()) {
                Records.Stored found = collection.find(iterator.next());
                if (found != null) {
                    return found;
                }
            }
            return null;
        };
    }

    /** 1 or -1 when the order is that of the field, 0 when it is not. */
    private static int direction(Value sort, String field) {
        if (sort.isEmpty()) {
            return 0;
        }
        Fields fields = sort.fields();
        fields.next();
        return fields.nameIs(field) && fields.value().isNumber()
                ? Long.signum(fields.value().number())
                : 0;
    }

    static boolean isIdHint(@Nullable Value hint) {
        if (hint == null) {
            return false;
        }
        return hint.isString() ? hint.string().equals("_id_") : hint.isDocument() && direction(hint, "_id") != 0;
    }
}
