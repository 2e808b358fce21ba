package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code count}, {@code distinct}, {@code aggregate}. */
final class QueryCommands {
    private final Server server;

    QueryCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("count", this::count);
        commands.put("distinct", this::distinct);
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
        return found(namespace, filter).toList().size();
    }

    private Documents found(Namespace namespace, Value filter) {
        Oplog oplog = server.oplog();
        if (namespace.isOplog() && oplog != null) {
            return OplogScan.find(oplog, filter, Value.EMPTY_DOCUMENT, Value.EMPTY_DOCUMENT);
        }
        Collection collection = server.catalog().find(namespace);
        return collection == null ? Documents.of(List.of()) : Documents.of(Plan.of(collection, filter), filter);
    }

    private void distinct(Request request, Writer reply) {
        List<String> path = Paths.split(request.required("key").string());
        List<Value> values = new ArrayList<>();
        Documents documents = found(request.namespace(), request.document("query"));
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
}
