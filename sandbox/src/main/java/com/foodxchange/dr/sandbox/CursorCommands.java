package com.foodxchange.dr.sandbox;

import java.util.Map;

/** {@code getMore} and {@code killCursors}. */
final class CursorCommands {
    private static final long AWAIT_MILLIS = 1000;

    private final Server server;

    CursorCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("getMore", this::getMore);
        commands.put("killCursors", this::killCursors);
    }

    private void getMore(Request request, Writer reply) {
        long id = request.required("getMore").number();
        ServerCursor cursor = server.cursors().require(id);
        String collection = request.required("collection").string();
        if (!cursor.namespace().equals(new Namespace(request.database(), collection))) {
            throw new CommandException(
                    13,
                    "Unauthorized",
                    "Requested getMore on namespace '" + request.database() + "." + collection
                            + "', but cursor belongs to a different namespace " + cursor.namespace());
        }
        if (!cursor.inUse().tryLock()) {
            throw new CommandException(12051, "CursorInUse", "cursor with id " + id + " is in use");
        }
        try {
            next(id, cursor, request, reply);
        } catch (CommandException e) {
            server.cursors().remove(id);
            throw e;
        } finally {
            cursor.inUse().unlock();
        }
    }

    private void next(long id, ServerCursor cursor, Request request, Writer reply) {
        long batch = request.number("batchSize", 0);
        if (cursor.isTailable() && cursor.awaitsData() && !cursor.hasNext()) {
            await(cursor, request.number("maxTimeMS", AWAIT_MILLIS));
        }
        if (cursor.isKilled()) {
            throw Cursors.notFound(id);
        }
        reply.startDocument("cursor").startArray("nextBatch");
        boolean more = cursor.fill(reply, batch == 0 ? Long.MAX_VALUE : batch);
        reply.close();
        if (!more) {
            server.cursors().remove(id);
        }
        reply.put("id", more ? id : 0L).put("ns", cursor.namespace().toString()).close();
    }

    private void await(ServerCursor cursor, long millis) {
        try {
            server.await(millis, () -> cursor.isKilled() || cursor.hasNext());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(11601, "Interrupted", "operation was interrupted");
        }
    }

    private void killCursors(Request request, Writer reply) {
        Writer killed = Writer.document().startArray("ids");
        Writer missing = Writer.document().startArray("ids");
        for (Value id : request.documents("cursors")) {
            (server.cursors().remove(id.number()) ? killed : missing).add(id);
        }
        reply.put("cursorsKilled", array(killed)).put("cursorsNotFound", array(missing));
        reply.startArray("cursorsAlive").close().startArray("cursorsUnknown").close();
    }

    private static Value array(Writer writer) {
        Value ids = writer.close().finish().get("ids");
        return ids == null ? Value.NULL_VALUE : ids;
    }
}
