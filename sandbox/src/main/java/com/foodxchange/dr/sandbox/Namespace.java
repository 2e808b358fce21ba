package com.foodxchange.dr.sandbox;

/** A database and a collection in it. */
record Namespace(String database, String collection, String full) implements Comparable<Namespace> {
    Namespace(String database, String collection) {
        this(database, collection, database + "." + collection);
    }

    static Namespace parse(String full) {
        int dot = full.indexOf('.');
        if (dot <= 0 || dot == full.length() - 1) {
            throw new CommandException(73, "InvalidNamespace", "Invalid namespace specified '" + full + "'");
        }
        return of(full.substring(0, dot), full.substring(dot + 1));
    }

    static Namespace of(String database, String collection) {
        boolean valid = !database.isEmpty()
                && database.length() < 64
                && database.chars().noneMatch(c -> "/\\. \"$\0".indexOf(c) >= 0)
                && !collection.isEmpty()
                && !collection.startsWith(".")
                && collection.indexOf('\0') < 0;
        if (!valid) {
            throw new CommandException(
                    73, "InvalidNamespace", "Invalid namespace specified '" + database + "." + collection + "'");
        }
        return new Namespace(database, collection);
    }

    boolean isOplog() {
        return database.equals("local") && collection.equals("oplog.rs");
    }

    /** Whether writes to it are logged. */
    boolean isReplicated() {
        return !database.equals("local") && !collection.equals("system.profile");
    }

    Namespace inSameDatabase(String other) {
        return new Namespace(database, other);
    }

    @Override
    public int compareTo(Namespace other) {
        int databases = database.compareTo(other.database);
        return databases != 0 ? databases : collection.compareTo(other.collection);
    }

    @Override
    public String toString() {
        return full;
    }
}
