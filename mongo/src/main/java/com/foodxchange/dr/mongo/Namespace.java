package com.foodxchange.dr.mongo;

/** A database and a collection in it: {@code foodxchange_experts.payments}. */
public record Namespace(String database, String collection) implements Comparable<Namespace> {
    public Namespace {
        if (database.isEmpty() || database.indexOf('.') >= 0) {
            throw new IllegalArgumentException("not a database name: '" + database + "'");
        }
        if (collection.isEmpty()) {
            throw new IllegalArgumentException("empty collection name in database '" + database + "'");
        }
    }

    /**
     * The namespace written {@code db.collection}; the first dot ends the database.
     *
     * @throws IllegalArgumentException when there is no dot or a part is empty
     */
    public static Namespace parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("not a namespace: '" + text + "' (expected db.collection)");
        }
        return new Namespace(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public int compareTo(Namespace other) {
        int byDatabase = database.compareTo(other.database);
        return byDatabase != 0 ? byDatabase : collection.compareTo(other.collection);
    }

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
