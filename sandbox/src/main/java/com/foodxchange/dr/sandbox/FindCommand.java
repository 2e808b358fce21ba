package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/** {@code find}. */
final class FindCommand implements Command {
    private static final int FIRST_BATCH = 101;

    private final Server server;

    FindCommand(Server server) {
        this.server = server;
    }

    @Override
    public void run(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        boolean tailable = request.flag("tailable");
        Documents documents = documents(request, namespace, tailable);
        ServerCursor cursor = new ServerCursor(namespace, documents, tailable, request.flag("awaitData"));
        long batch = request.number("batchSize", FIRST_BATCH);
        long limit = request.number("limit", 0);
        boolean single = request.flag("singleBatch") || limit < 0 || batch < 0;
        writeFirst(server, cursor, Math.abs(batch), single, reply);
    }

    /** The answer with the first batch; what is left stays open under the cursor's id. */
    static void writeFirst(Server server, ServerCursor cursor, long batch, boolean single, Writer reply) {
        reply.startDocument("cursor").startArray("firstBatch");
        boolean more = cursor.fill(reply, batch);
        reply.close();
        long id = more && !single ? server.cursors().add(cursor) : 0;
        reply.put("id", id).put("ns", cursor.namespace().toString()).close();
    }

    private Documents documents(Request request, Namespace namespace, boolean tailable) {
        Value filter = request.document("filter");
        Value sort = request.document("sort");
        Documents found;
        if (namespace.isOplog() && server.oplog() != null) {
            found = OplogScan.find(server.oplog(), filter, sort, request.document("hint"));
        } else {
            Collection collection = server.catalog().find(namespace);
            if (collection == null) {
                return ofNoCollection(request, namespace, tailable);
            }
            if (tailable && !collection.isCapped()) {
                throw CommandException.badValue("error processing query: ns=" + namespace
                        + " tailable cursor requested on non capped collection");
            }
            Plan plan = plan(collection, request, filter, sort);
            found = Documents.of(plan, filter);
            found = plan.sorted() ? found : found.sort(new Sort(sort));
        }
        return found.skip(request.number("skip", 0))
                .limit(Math.abs(request.number("limit", 0)))
                .map(Projection.of(request.document("projection")));
    }

    private Documents ofNoCollection(Request request, Namespace namespace, boolean tailable) {
        if (tailable) {
            throw CommandException.badValue(
                    "error processing query: ns=" + namespace + " tailable cursor requested on non capped collection");
        }
        if (server.catalog().view(namespace) == null) {
            return Documents.of(java.util.List.of());
        }
        Value sort = request.document("sort");
        Documents found = new Pipeline(server).find(namespace, request.document("filter"));
        return (sort.isEmpty() ? found : found.sort(new Sort(sort)))
                .skip(request.number("skip", 0))
                .limit(Math.abs(request.number("limit", 0)))
                .map(Projection.of(request.document("projection")));
    }

    private static Plan plan(Collection collection, Request request, Value filter, Value sort) {
        Value min = bound(request, "min");
        Value max = bound(request, "max");
        Value hint = request.get("hint");
        if (min == null && max == null) {
            checkHint(collection, hint);
            return Plan.of(collection, filter, sort, hint);
        }
        if (hint == null) {
            throw new CommandException(
                    51173, "Location51173", "When using min()/max() a hint of which index to use must be provided");
        }
        if (!Plan.isIdHint(hint)) {
            throw CommandException.notSupported("the sandbox has min and max for the index on _id only");
        }
        return Plan.between(collection, filter, sort, min, max);
    }

    private static @Nullable Value bound(Request request, String name) {
        Value bound = request.get(name);
        return bound == null || bound.isEmpty() ? null : bound;
    }

    private static void checkHint(Collection collection, @Nullable Value hint) {
        if (hint == null || (hint.isDocument() && (hint.isEmpty() || hint.get("$natural") != null))) {
            return;
        }
        for (Index index : collection.indexes()) {
            if (hint.isString()
                    ? index.name().equals(hint.string())
                    : index.key().equals(hint)) {
                return;
            }
        }
        throw CommandException.badValue("error processing query: planner returned error :: caused by :: "
                + "hint provided does not correspond to an existing index");
    }
}
