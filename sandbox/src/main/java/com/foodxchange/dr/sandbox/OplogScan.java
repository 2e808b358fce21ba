package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/** Reads the oplog: an entry's record number is its timestamp, so that a filter on {@code ts} says where to start. */
final class OplogScan {
    private OplogScan() {}

    static Documents find(Oplog oplog, Value filter, Value sort, Value hint) {
        boolean forward = !isBackward(sort) && !isBackward(hint);
        long from = forward ? start(filter) : Long.MAX_VALUE;
        Scan scan = new NaturalScan(oplog.records(), forward, true, from);
        Documents found = Documents.of(scan);
        if (!filter.isEmpty()) {
            found = end(found, filter, forward).filter(Matcher.of(filter));
        }
        return isNatural(sort) ? found : found.sort(new Sort(sort));
    }

    private static boolean isNatural(Value sort) {
        return sort.isEmpty() || sort.get("$natural") != null || sort.get("ts") != null;
    }

    private static boolean isBackward(Value sort) {
        Value natural = sort.get("$natural");
        Value byTime = natural == null ? sort.get("ts") : natural;
        return byTime != null && byTime.isNumber() && byTime.number() < 0;
    }

    /** The timestamp after which the entries begin that the filter wants. */
    private static long start(Value filter) {
        Value least = bound(filter, "$gte");
        if (least != null) {
            return least.int64() - 1;
        }
        Value greater = bound(filter, "$gt");
        if (greater != null) {
            return greater.int64();
        }
        Value exact = filter.get("ts");
        return exact != null && exact.type() == Value.TIMESTAMP ? exact.int64() - 1 : -1;
    }

    /** Nothing is looked at behind the last timestamp that the filter wants. */
    private static Documents end(Documents entries, Value filter, boolean forward) {
        Value exact = filter.get("ts");
        Value most = exact != null && exact.type() == Value.TIMESTAMP ? exact : bound(filter, "$lte");
        Value end = most == null ? bound(filter, "$lt") : most;
        if (end == null || !forward) {
            return entries;
        }
        return () -> {
            Value entry = entries.next();
            Value time = entry == null ? null : entry.get("ts");
            return time != null && Long.compareUnsigned(time.int64(), end.int64()) > 0 ? null : entry;
        };
    }

    private static @Nullable Value bound(Value filter, String operator) {
        Value condition = filter.get("ts");
        Value bound = condition != null && condition.isDocument() ? condition.get(operator) : null;
        if (bound != null) {
            return bound.type() == Value.TIMESTAMP ? bound : null;
        }
        Value all = filter.get("$and");
        if (all != null && all.isArray()) {
            for (Value part : all.elements()) {
                Value found = bound(part, operator);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
