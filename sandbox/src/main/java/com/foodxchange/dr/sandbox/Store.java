package com.foodxchange.dr.sandbox;

import java.util.Map;

/** Where records lie. What is written between two commits appears on disk together or not at all. */
interface Store extends AutoCloseable {
    /** The records of that name, created when they are missing. */
    Records records(String name);

    void removeRecords(String name);

    /** What describes the collections and the server, by key. */
    Map<String, byte[]> descriptions();

    /** Makes everything written so far durable. */
    void commit();

    /** Gives back some of the space that is no longer used, if there is enough of it. */
    void tidy();

    @Override
    void close();
}
