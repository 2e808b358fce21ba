package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code createIndexes} and {@code dropIndexes}. */
final class IndexCommands {
    private final Server server;

    IndexCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("createIndexes", this::create);
        commands.put("dropIndexes", this::drop);
        commands.put("deleteIndexes", this::drop);
    }

    private void create(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        boolean lenient = request.flag("ignoreUnknownIndexOptions");
        List<Value> wanted = request.documents("indexes").stream()
                .map(each -> lenient ? IndexSpecs.known(each) : each)
                .toList();
        if (wanted.isEmpty()) {
            throw CommandException.badValue("Must specify at least one index to create");
        }
        server.write(() -> {
            boolean created = server.catalog().find(namespace) == null;
            Collection collection = server.catalog().forWrite(namespace);
            int before = collection.indexes().size();
            build(server.catalog(), collection, missing(collection, wanted));
            int after = collection.indexes().size();
            reply.put("numIndexesBefore", before).put("numIndexesAfter", after);
            reply.put("createdCollectionAutomatically", created);
            if (before == after) {
                reply.put("note", "all indexes already exist");
            }
            return true;
        });
    }

    private static List<Value> missing(Collection collection, List<Value> wanted) {
        List<Value> missing = new ArrayList<>();
        for (Value each : wanted) {
            Value spec = IndexSpecs.normalize(each, collection.options().get("collation"));
            if (!isThere(collection, spec)) {
                missing.add(spec);
            }
        }
        return missing;
    }

    private static boolean isThere(Collection collection, Value spec) {
        Index wanted = new Index(spec);
        for (Index index : collection.indexes()) {
            boolean sameName = index.name().equals(wanted.name());
            boolean sameKey =
                    index.key().equals(wanted.key()) && collation(index).equals(collation(wanted));
            if (sameName && sameKey && (index.isId() || sameOptions(index.spec(), spec))) {
                return true;
            }
            if (sameName) {
                throw new CommandException(
                        86,
                        "IndexKeySpecsConflict",
                        "An existing index has the same name as the requested index. Requested index: " + spec
                                + ", existing index: " + index.spec());
            }
            if (sameKey) {
                throw new CommandException(
                        85, "IndexOptionsConflict", "Index already exists with a different name: " + index.name());
            }
        }
        return false;
    }

    private static Value collation(Index index) {
        Value collation = index.spec().get("collation");
        return collation == null ? Value.NULL_VALUE : collation;
    }

    private static boolean sameOptions(Value one, Value other) {
        return covers(one, other) && covers(other, one);
    }

    private static boolean covers(Value one, Value other) {
        Fields fields = one.fields();
        while (fields.next()) {
            Value value = other.get(fields.name());
            if (!fields.nameIs("background") && (value == null || !value.equals(fields.value()))) {
                return false;
            }
        }
        return true;
    }

    /** Builds indexes; an empty collection's are logged one by one, the others as a build that starts and commits. */
    static void build(Catalog catalog, Collection collection, List<Value> specs) {
        if (specs.isEmpty()) {
            return;
        }
        Namespace namespace = collection.namespace();
        boolean empty = collection.count() == 0;
        UUID build = UUID.randomUUID();
        if (!empty) {
            catalog.log(
                    namespace, collection.uuid(), buildEntry("startIndexBuild", namespace, build, specs, null), null);
        }
        List<Index> built = new ArrayList<>();
        try {
            for (Value spec : specs) {
                Index index = new Index(spec);
                collection.addIndex(index);
                built.add(index);
                if (empty) {
                    catalog.log(namespace, collection.uuid(), createEntry(namespace, spec), null);
                }
            }
        } catch (CommandException e) {
            built.forEach(collection::removeIndex);
            if (!empty) {
                Value entry = buildEntry("abortIndexBuild", namespace, build, specs, e);
                catalog.log(namespace, collection.uuid(), entry, null);
            }
            throw e;
        }
        if (!empty) {
            catalog.log(
                    namespace, collection.uuid(), buildEntry("commitIndexBuild", namespace, build, specs, null), null);
        }
    }

    private static Value createEntry(Namespace namespace, Value spec) {
        return Writer.document()
                .put("createIndexes", namespace.collection())
                .putAll(spec)
                .finish();
    }

    private static Value buildEntry(
            String command, Namespace namespace, UUID build, List<Value> specs, @Nullable CommandException cause) {
        Writer entry = Writer.document().put(command, namespace.collection()).put("indexBuildUUID", build);
        entry.startArray("indexes");
        specs.forEach(entry::add);
        entry.close();
        if (cause != null) {
            entry.startDocument("cause").put("ok", false).put("code", cause.code());
            entry.put("codeName", cause.codeName()).put("errmsg", cause.text()).close();
        }
        return entry.finish();
    }

    private void drop(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        Value wanted = request.required("index");
        server.write(() -> {
            Collection collection = server.catalog().require(namespace);
            reply.put("nIndexesWas", collection.indexes().size());
            for (Index index : toDrop(collection, wanted)) {
                collection.removeIndex(index);
                Value entry = Writer.document()
                        .put("dropIndexes", namespace.collection())
                        .put("index", index.name())
                        .finish();
                server.catalog().log(namespace, collection.uuid(), entry, index.spec());
            }
            return true;
        });
    }

    private static List<Index> toDrop(Collection collection, Value wanted) {
        if (wanted.isString() && wanted.string().equals("*")) {
            return collection.indexes().stream().filter(index -> !index.isId()).toList();
        }
        List<Index> found = new ArrayList<>();
        for (Value each : wanted.isArray() ? wanted.elements() : List.of(wanted)) {
            found.add(find(collection, each));
        }
        return found;
    }

    private static Index find(Collection collection, Value wanted) {
        for (Index index : collection.indexes()) {
            boolean same = wanted.isString()
                    ? index.name().equals(wanted.string())
                    : index.key().equals(wanted);
            if (same && index.isId()) {
                throw new CommandException(72, "InvalidOptions", "cannot drop _id index");
            }
            if (same) {
                return index;
            }
        }
        throw new CommandException(
                27,
                "IndexNotFound",
                wanted.isString()
                        ? "index not found with name [" + wanted.string() + "]"
                        : "can't find index with key: " + wanted);
    }
}
