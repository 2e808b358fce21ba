package com.foodxchange.dr.sandbox;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code renameCollection} and {@code convertToCapped}, which the server does by the same steps. */
final class RenameCommand {
    private final Server server;

    RenameCommand(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("renameCollection", this::rename);
        commands.put("convertToCapped", this::convertToCapped);
    }

    private void rename(Request request, Writer reply) {
        Namespace from = Namespace.parse(request.required("renameCollection").string());
        Namespace to = Namespace.parse(request.required("to").string());
        boolean dropTarget = request.flag("dropTarget");
        boolean stayTemp = request.flag("stayTemp");
        server.write(() -> {
            Collection source = source(from, to);
            server.catalog().refuseView(to);
            if (server.catalog().find(to) != null && !dropTarget) {
                throw new CommandException(48, "NamespaceExists", "target namespace exists");
            }
            if (from.database().equals(to.database())) {
                server.catalog().rename(source, to, stayTemp);
            } else {
                Namespace temporary = new Namespace(to.database(), "tmp" + random() + ".renameCollection");
                Collection copy = copy(source, temporary, source.options());
                server.catalog().rename(copy, to, stayTemp);
                server.catalog().drop(from);
            }
            return true;
        });
    }

    private static String random() {
        return UUID.randomUUID().toString().substring(0, 5);
    }

    private Collection source(Namespace from, Namespace to) {
        server.catalog().refuseView(from);
        Collection source = server.catalog().find(from);
        if (source == null) {
            throw CommandException.noNamespace("Source collection " + from + " does not exist");
        }
        if (from.equals(to)) {
            throw CommandException.illegalOperation("Can't rename a collection to itself");
        }
        return source;
    }

    private Collection copy(Collection source, Namespace target, Value options) {
        Collection copy = server.catalog().create(target, options);
        for (Index index : source.indexes()) {
            if (!index.isId()) {
                IndexCommands.build(server.catalog(), copy, List.of(index.spec()));
            }
        }
        Oplog oplog = server.oplog();
        for (byte[] document : source.documents()) {
            copy.insert(document);
            if (oplog != null && target.isReplicated()) {
                oplog.insert(copy, document, null, true);
            }
        }
        return copy;
    }

    private void convertToCapped(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        Value size = request.required("size");
        server.write(() -> {
            Collection source = server.catalog().require(namespace);
            Value options = Writer.document()
                    .put("capped", true)
                    .put("size", size)
                    .put("temp", true)
                    .finish();
            Namespace temporary =
                    namespace.inSameDatabase("tmp" + random() + ".convertToCapped." + namespace.collection());
            Collection copy = server.catalog().create(temporary, options);
            Oplog oplog = server.oplog();
            for (byte[] document : source.documents()) {
                copy.insert(document);
                if (oplog != null && namespace.isReplicated()) {
                    oplog.insert(copy, document, null);
                }
            }
            server.catalog().rename(copy, namespace, false);
            copy.setOptions(
                    Writer.document().put("capped", true).put("size", size).finish());
            return true;
        });
    }
}
