package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents one after the other, as a cursor hands them out. Not thread-safe. */
interface Documents {
    /** The next document, or null when there is none (for now, if it follows a growing collection). */
    @Nullable
    Value next();

    static Documents of(List<Value> list) {
        Iterator<Value> iterator = list.iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }

    static Documents of(Scan scan) {
        return () -> {
            Records.Stored stored = scan.next();
            return stored == null ? null : stored.document();
        };
    }

    /** What a plan finds of a filter. */
    static Documents of(Plan plan, Value filter) {
        Documents all = of(plan.scan());
        return plan.filtered() ? all : all.filter(Matcher.of(filter));
    }

    default Documents filter(Matcher matcher) {
        return () -> {
            Value document = next();
            while (document != null && !matcher.matches(document)) {
                document = next();
            }
            return document;
        };
    }

    default Documents map(java.util.function.UnaryOperator<Value> change) {
        return () -> {
            Value document = next();
            return document == null ? null : change.apply(document);
        };
    }

    default Documents skip(long count) {
        if (count <= 0) {
            return this;
        }
        long[] left = {count};
        return () -> {
            for (; left[0] > 0; left[0]--) {
                if (next() == null) {
                    return null;
                }
            }
            return next();
        };
    }

    default Documents limit(long count) {
        if (count <= 0) {
            return this;
        }
        long[] left = {count};
        return () -> left[0]-- > 0 ? next() : null;
    }

    default Documents sort(Comparator<Value> order) {
        List<Value> all = toList();
        all.sort(order);
        return of(all);
    }

    default List<Value> toList() {
        List<Value> all = new ArrayList<>();
        for (Value document = next(); document != null; document = next()) {
            all.add(document);
        }
        return all;
    }
}
