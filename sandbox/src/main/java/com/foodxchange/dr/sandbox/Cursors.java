package com.foodxchange.dr.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The open cursors by their ids. Thread-safe. */
final class Cursors {
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Map<Long, ServerCursor> open = new ConcurrentHashMap<>();

    long add(ServerCursor cursor) {
        long id;
        do {
            id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        } while (open.putIfAbsent(id, cursor) != null);
        return id;
    }

    ServerCursor require(long id) {
        ServerCursor cursor = open.get(id);
        if (cursor == null) {
            throw notFound(id);
        }
        return cursor;
    }

    static CommandException notFound(long id) {
        return new CommandException(43, "CursorNotFound", "cursor id " + id + " not found");
    }

    boolean remove(long id) {
        ServerCursor cursor = open.remove(id);
        if (cursor != null) {
            cursor.kill();
        }
        return cursor != null;
    }

    /** Drops the cursors that nobody has asked for ten minutes, as the server does. */
    void removeIdle() {
        long now = System.nanoTime();
        open.forEach((id, cursor) -> {
            if (now - cursor.lastUse() > IDLE_NANOS) {
                remove(id);
            }
        });
    }

    void killAll() {
        open.keySet().forEach(this::remove);
    }

    int count() {
        return open.size();
    }
}
