package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code count}, {@code distinct}, {@code aggregate}. */
final class QueryCommands {
    private final Server server;
    private final Pipeline pipeline;

    QueryCommands(Server server) {
        this.server = server;
        this.pipeline = new Pipeline(server);
    }

    void register(Map<String, Command> commands) {
        commands.put("count", this::count);
        commands.put("distinct", this::distinct);
        commands.put("aggregate", this::aggregate);
    }

    private void count(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        Value filter = request.document("query");
        long skip = request.number("skip", 0);
        long limit = Math.abs(request.number("limit", 0));
        long all = count(namespace, filter);
        long rest = Math.max(0, all - skip);
        reply.put("n", (int) (limit > 0 ? Math.min(limit, rest) : rest));
    }

    private long count(Namespace namespace, Value filter) {
        Oplog oplog = server.oplog();
        Collection collection = server.catalog().find(namespace);
        if (filter.isEmpty()) {
            if (namespace.isOplog() && oplog != null) {
                return oplog.count();
            }
            if (collection != null) {
                return collection.count();
            }
        }
        long found = 0;
        Documents documents = pipeline.find(namespace, filter);
        while (documents.next() != null) {
            found++;
        }
        return found;
    }

    private void distinct(Request request, Writer reply) {
        List<String> path = Paths.split(request.required("key").string());
        List<Value> values = new ArrayList<>();
        Documents documents = pipeline.find(request.namespace(), request.document("query"));
        for (Value each = documents.next(); each != null; each = documents.next()) {
            if (Paths.exists(each, path)) {
                values.addAll(Paths.keys(each, path));
            }
        }
        values.sort(Order::compare);
        reply.startArray("values");
        Value last = null;
        for (Value value : values) {
            if (last == null || Order.compare(last, value) != 0) {
                reply.add(value);
            }
            last = value;
        }
        reply.close();
    }

    private void aggregate(Request request, Writer reply) {
        List<Value> stages = Pipeline.stages(request.required("pipeline"));
        if (request.body().elements().getFirst().isNumber()) {
            String stage = stages.isEmpty() ? "" : Pipeline.name(stages.getFirst());
            throw new CommandException(
                    40324, "Location40324", "the sandbox has no aggregation of a whole database: '" + stage + "'");
        }
        Namespace namespace = request.namespace();
        Documents documents = pipeline.run(namespace, stages);
        Value batch = request.document("cursor").get("batchSize");
        ServerCursor cursor = new ServerCursor(namespace, documents, false, false);
        FindCommand.writeFirst(server, cursor, batch == null ? 101 : batch.number(), false, reply);
    }
}
