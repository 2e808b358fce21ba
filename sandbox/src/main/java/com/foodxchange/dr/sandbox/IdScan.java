package com.foodxchange.dr.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Records of a range in the order of their {@code _id}, either way. */
final class IdScan implements Scan {
    private final Collection collection;
    private final ConcurrentSkipListMap<Value, Long> ids;
    private final IdRange range;
    private final boolean forward;
    private @Nullable Value position;
    private boolean done;

    IdScan(Collection collection, IdRange range, boolean forward) {
        this.collection = collection;
        this.ids = collection.ids();
        this.range = range;
        this.forward = forward;
    }

    @Override
    public Records.@Nullable Stored next() {
        while (!done) {
            Map.Entry<Value, Long> entry = advance();
            if (entry == null || (forward ? range.isAbove(entry.getKey()) : range.isBelow(entry.getKey()))) {
                done = true;
                return null;
            }
            position = entry.getKey();
            boolean before = forward ? range.isBelow(entry.getKey()) : range.isAbove(entry.getKey());
            byte[] bytes = before ? null : collection.records().get(entry.getValue());
            if (bytes != null) {
                return new Records.Stored(entry.getValue(), Value.document(bytes));
            }
        }
        return null;
    }

    private Map.@Nullable Entry<Value, Long> advance() {
        if (position != null) {
            return forward ? ids.higherEntry(position) : ids.lowerEntry(position);
        }
        Value start = forward ? range.lower() : range.upper();
        if (start == null) {
            return forward ? ids.firstEntry() : ids.lastEntry();
        }
        return forward ? ids.ceilingEntry(start) : ids.floorEntry(start);
    }
}
