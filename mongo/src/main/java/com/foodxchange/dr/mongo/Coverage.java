package com.foodxchange.dr.mongo;

import java.util.Set;

/**
 * Which databases and collections a backup covers: everything but {@code local}, the server's own {@code config}, and
 * system collections that no client writes. One rule for the scan, the oplog and the merge, so that they cannot disagree.
 */
public final class Coverage {
    /** Where the buckets of a time-series collection lie, for servers before 8.3. */
    public static final String BUCKETS = "system.buckets.";

    /** Where a database keeps the definitions of its views. */
    public static final String VIEWS = "system.views";

    private static final Set<String> SERVERS_OWN = Set.of("local", "config");
    private static final String INTERNAL = "__mdb_internal";
    private static final String SYSTEM = "system.";
    private static final Set<String> ADMIN = Set.of("system.users", "system.roles", "system.version");

    private Coverage() {}

    public static boolean coversDatabase(String database) {
        return !SERVERS_OWN.contains(database) && !database.startsWith(INTERNAL);
    }

    /** Whether the documents of that collection are part of a backup; view definitions are covered by another way. */
    public static boolean covers(String database, String collection) {
        return coversDatabase(database)
                && (!collection.startsWith(SYSTEM)
                        || collection.startsWith(BUCKETS)
                        || collection.equals("system.js")
                        || (database.equals("admin") && ADMIN.contains(collection)));
    }
}
