package com.foodxchange.dr.sandbox;

import java.util.List;
import java.util.Map;

/** How much there is. */
final class StatisticsCommands {
    private final Server server;

    StatisticsCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("dbStats", this::dbStats);
        commands.put("dbstats", this::dbStats);
        commands.put("collStats", this::collStats);
        commands.put("collstats", this::collStats);
    }

    private void dbStats(Request request, Writer reply) {
        List<Collection> collections = server.catalog().collections(request.database());
        double scale = Math.max(1, request.number("scale", 1));
        long objects = collections.stream().mapToLong(Collection::count).sum();
        double size = collections.stream().mapToLong(Collection::size).sum() / scale;
        long indexes =
                collections.stream().mapToLong(each -> each.indexes().size()).sum();
        reply.put("db", request.database()).put("collections", (long) collections.size());
        reply.put("views", (long) server.catalog().views(request.database()).size());
        reply.put("objects", objects).put("avgObjSize", objects == 0 ? 0.0 : size * scale / objects);
        reply.put("dataSize", size).put("storageSize", size).put("freeStorageSize", 0.0);
        reply.put("indexes", indexes)
                .put("indexSize", 0.0)
                .put("totalSize", size)
                .put("scaleFactor", scale);
    }

    private void collStats(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        long scale = Math.max(1, request.number("scale", 1));
        Oplog oplog = server.oplog();
        if (namespace.isOplog() && oplog != null) {
            write(namespace, oplog.count(), oplog.size(), scale, reply);
            reply.put("capped", true).put("max", -1L).put("maxSize", oplog.maxBytes() / scale);
            return;
        }
        server.catalog().refuseView(namespace);
        Collection collection = server.catalog().find(namespace);
        if (collection == null) {
            write(namespace, 0, 0, scale, reply);
            return;
        }
        write(collection, scale, reply);
    }

    static void write(Collection collection, long scale, Writer reply) {
        write(collection.namespace(), collection.count(), collection.size(), scale, reply);
        reply.put("capped", collection.isCapped());
        if (collection.isCapped()) {
            Value max = collection.options().get("max");
            Value size = collection.options().get("size");
            reply.put("max", max == null ? -1L : max.number());
            reply.put("maxSize", size == null ? 0L : size.number() / scale);
        }
        reply.put("nindexes", collection.indexes().size()).startDocument("indexSizes");
        collection.indexes().forEach(index -> reply.put(index.name(), 0L));
        reply.close().put("totalIndexSize", 0L);
    }

    private static void write(Namespace namespace, long count, long size, long scale, Writer reply) {
        reply.put("ns", namespace.toString()).put("size", size / scale).put("count", count);
        if (count > 0) {
            reply.put("avgObjSize", size / count);
        }
        reply.put("numOrphanDocs", 0).put("storageSize", size / scale).put("freeStorageSize", 0L);
        reply.put("totalSize", size / scale).put("scaleFactor", scale);
    }
}
