package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.Namespace;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** New names for databases and collections. Not thread-safe: it remembers which ones were of use. */
final class Renaming {
    private static final String ADMIN = "admin";

    private final Map<String, String> renames;
    private final Set<String> unused;
    private final Set<String> seen = new TreeSet<>();

    /** @throws com.foodxchange.dr.mongo.DeploymentException INVALID when a name cannot be one */
    Renaming(Map<String, String> renames) {
        this.renames = renames;
        this.unused = new TreeSet<>(renames.keySet());
        renames.forEach(Renaming::check);
    }

    private static void check(String from, String to) {
        if (Selection.isCollection(from) != Selection.isCollection(to)) {
            throw Selection.invalid(
                    "'" + from + "' cannot become '" + to + "'",
                    "give two databases, or two collections as db.collection");
        }
        Namespace source = namespace(from);
        Namespace target = namespace(to);
        if (source.database().equals(ADMIN) || target.database().equals(ADMIN)) {
            throw Selection.invalid("nothing can be renamed from or to 'admin'", "choose another database");
        }
        if (!Coverage.covers(target.database(), target.collection())) {
            throw Selection.invalid("'" + to + "' belongs to the server", "choose another name");
        }
    }

    /** The name, or for a database some name in it. */
    private static Namespace namespace(String name) {
        try {
            return Selection.isCollection(name) ? Namespace.parse(name) : new Namespace(name, "any");
        } catch (IllegalArgumentException e) {
            throw Selection.invalid("'" + name + "' is no name", "give a database, or a collection as db.collection");
        }
    }

    Namespace of(Namespace namespace) {
        seen.add(namespace.database());
        seen.add(namespace.toString());
        if (TimeSeries.isBuckets(namespace)) {
            return TimeSeries.buckets(of(TimeSeries.logical(namespace)));
        }
        String collection = renames.get(namespace.toString());
        if (collection != null) {
            unused.remove(namespace.toString());
            return Namespace.parse(collection);
        }
        String database = renames.get(namespace.database());
        if (database != null) {
            unused.remove(namespace.database());
            return new Namespace(database, namespace.collection());
        }
        return namespace;
    }

    /** @throws com.foodxchange.dr.mongo.DeploymentException INVALID when a renaming had nothing to rename */
    void checkUsed() {
        for (String name : unused) {
            throw Selection.invalid(
                    "there is nothing called '" + name + "' among what is restored, so it cannot be renamed",
                    NearestNames.hint(name, seen));
        }
    }
}
