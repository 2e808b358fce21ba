package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What databases, collections and indexes there are. */
final class ListCommands {
    private final Server server;

    ListCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("listDatabases", this::listDatabases);
        commands.put("listCollections", this::listCollections);
        commands.put("listIndexes", this::listIndexes);
    }

    private void listDatabases(Request request, Writer reply) {
        Set<String> names = server.catalog().databases();
        if (server.oplog() != null) {
            names.add("local");
        }
        Matcher filter = Matcher.of(request.document("filter"));
        boolean nameOnly = request.flag("nameOnly");
        long total = 0;
        reply.startArray("databases");
        for (String name : names) {
            long size = server.catalog().collections(name).stream()
                    .mapToLong(Collection::size)
                    .sum();
            Writer database = Writer.document().put("name", name);
            if (!nameOnly) {
                database.put("sizeOnDisk", size).put("empty", size == 0);
            }
            Value document = database.finish();
            if (filter.matches(document)) {
                reply.add(document);
                total += size;
            }
        }
        reply.close();
        if (!nameOnly) {
            reply.put("totalSize", total).put("totalSizeMb", total >> 20);
        }
    }

    private void listCollections(Request request, Writer reply) {
        String database = request.database();
        boolean nameOnly = request.flag("nameOnly");
        List<Value> all = new ArrayList<>();
        server.catalog().collections(database).forEach(each -> all.add(describe(each, nameOnly)));
        server.catalog().views(database).forEach(each -> all.add(describeView(each, nameOnly)));
        if (database.equals("local") && server.oplog() != null) {
            all.add(describeOplog(server.oplog(), nameOnly));
        }
        Matcher filter = Matcher.of(request.document("filter"));
        answer(request, new Namespace(database, "$cmd.listCollections"), all, filter, reply);
    }

    private static Value describe(Collection collection, boolean nameOnly) {
        Writer out = Writer.document().put("name", collection.namespace().collection());
        out.put("type", "collection");
        if (nameOnly) {
            return out.finish();
        }
        out.put("options", collection.options());
        out.startDocument("info").put("readOnly", false).put("uuid", collection.uuid());
        return out.close()
                .put("idIndex", collection.indexes().getFirst().spec())
                .finish();
    }

    private static Value describeOplog(Oplog oplog, boolean nameOnly) {
        Writer out = Writer.document().put("name", "oplog.rs").put("type", "collection");
        if (nameOnly) {
            return out.finish();
        }
        out.startDocument("options").put("capped", true).put("size", oplog.maxBytes());
        out.put("autoIndexId", false).close();
        return out.startDocument("info").put("readOnly", false).close().finish();
    }

    private static Value describeView(Value view, boolean nameOnly) {
        Writer out = Writer.document();
        Value id = view.get("_id");
        String full = id == null ? "" : id.string();
        out.put("name", full.substring(full.indexOf('.') + 1)).put("type", "view");
        if (nameOnly) {
            return out.finish();
        }
        out.startDocument("options").putIf("viewOn", view.get("viewOn")).putIf("pipeline", view.get("pipeline"));
        out.putIf("collation", view.get("collation")).close();
        return out.startDocument("info").put("readOnly", true).close().finish();
    }

    private void listIndexes(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        Collection collection = server.catalog().require(namespace);
        List<Value> specs = collection.indexes().stream().map(Index::spec).toList();
        answer(request, namespace, specs, Matcher.of(Value.EMPTY_DOCUMENT), reply);
    }

    private void answer(Request request, Namespace namespace, List<Value> all, Matcher filter, Writer reply) {
        Value batch = request.document("cursor").get("batchSize");
        ServerCursor cursor = new ServerCursor(namespace, Documents.of(all).filter(filter), false, false);
        FindCommand.writeFirst(server, cursor, batch == null ? Long.MAX_VALUE : batch.number(), false, reply);
    }
}
