package com.foodxchange.dr.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Databases, collections and views, and the oplog entries that tell of their changes. Changed under the server's lock. */
final class Catalog {
    private static final String VIEWS = "system.views";

    private final Store store;
    private final @Nullable Oplog oplog;
    private final ConcurrentNavigableMap<Namespace, Collection> collections = new ConcurrentSkipListMap<>();

    Catalog(Store store, @Nullable Oplog oplog) {
        this.store = store;
        this.oplog = oplog;
        for (Map.Entry<String, byte[]> description : store.descriptions().entrySet()) {
            if (!description.getKey().equals(Server.DESCRIPTION)) {
                Collection collection = Collection.open(
                        store, UUID.fromString(description.getKey()), Value.document(description.getValue()));
                collections.put(collection.namespace(), collection);
            }
        }
    }

    @Nullable
    Collection find(Namespace namespace) {
        return collections.get(namespace);
    }

    /** The collection, which has to be there and no view. */
    Collection require(Namespace namespace) {
        Collection collection = collections.get(namespace);
        if (collection == null) {
            refuseView(namespace);
            throw CommandException.noNamespace("ns does not exist: " + namespace);
        }
        return collection;
    }

    /** The collection to write into, created when it is missing. */
    Collection forWrite(Namespace namespace) {
        Collection collection = collections.get(namespace);
        if (collection != null) {
            return collection;
        }
        refuseView(namespace);
        return create(namespace, Value.EMPTY_DOCUMENT);
    }

    void refuseView(Namespace namespace) {
        if (view(namespace) != null) {
            throw new CommandException(
                    166, "CommandNotSupportedOnView", "Namespace " + namespace + " is a view, not a collection");
        }
    }

    List<Collection> collections(String database) {
        return collections.values().stream()
                .filter(collection -> collection.namespace().database().equals(database))
                .toList();
    }

    Set<String> databases() {
        Set<String> names = new TreeSet<>();
        collections.keySet().forEach(namespace -> names.add(namespace.database()));
        return names;
    }

    /** The definitions of a database's views, as they lie in {@code system.views}. */
    List<Value> views(String database) {
        Collection views = collections.get(new Namespace(database, VIEWS));
        return views == null
                ? List.of()
                : views.documents().stream().map(Value::document).toList();
    }

    @Nullable
    Value view(Namespace namespace) {
        Collection views = collections.get(namespace.inSameDatabase(VIEWS));
        Records.Stored stored = views == null ? null : views.find(Value.of(namespace.toString()));
        return stored == null ? null : stored.document();
    }

    Collection create(Namespace namespace, Value options) {
        return create(namespace, options, UUID.randomUUID());
    }

    private Collection create(Namespace namespace, Value options, UUID uuid) {
        refuseExisting(namespace);
        Value idIndex = IndexSpecs.id(options.get("collation"));
        Collection collection = Collection.create(store, uuid, namespace, options, idIndex);
        collections.put(namespace, collection);
        log(
                namespace,
                uuid,
                Writer.document()
                        .put("create", namespace.collection())
                        .putAll(options)
                        .put("idIndex", idIndex)
                        .finish(),
                null);
        return collection;
    }

    void refuseExisting(Namespace namespace) {
        if (collections.containsKey(namespace)) {
            throw exists("Collection " + namespace + " already exists.");
        }
        if (view(namespace) != null) {
            throw exists("A view already exists. NS: " + namespace);
        }
    }

    private static CommandException exists(String message) {
        return new CommandException(48, "NamespaceExists", message);
    }

    void createView(Namespace namespace, Value definition) {
        refuseExisting(namespace);
        Collection views = forWrite(namespace.inSameDatabase(VIEWS));
        Value document = Writer.document()
                .put("_id", namespace.toString())
                .putAll(definition)
                .finish();
        views.insert(document.bytes());
        if (oplog != null) {
            oplog.insert(views, document.bytes(), null);
        }
    }

    void changeView(Namespace namespace, Value definition) {
        Collection views = require(namespace.inSameDatabase(VIEWS));
        Value id = Value.of(namespace.toString());
        Records.Stored old = views.find(id);
        if (old == null) {
            throw CommandException.noNamespace("ns does not exist: " + namespace);
        }
        Value document = Writer.document().put("_id", id).putAll(definition).finish();
        views.replace(old, document.bytes());
        if (oplog != null) {
            oplog.update(views, id, document, null);
        }
    }

    /** Drops a collection or a view; false when there is neither. */
    boolean drop(Namespace namespace) {
        Collection collection = collections.get(namespace);
        if (collection == null) {
            return dropView(namespace);
        }
        collections.remove(namespace);
        collection.discard();
        log(
                namespace,
                collection.uuid(),
                Writer.document().put("drop", namespace.collection()).finish(),
                Writer.document().put("numRecords", collection.count()).finish());
        return true;
    }

    private boolean dropView(Namespace namespace) {
        Collection views = collections.get(namespace.inSameDatabase(VIEWS));
        Value id = Value.of(namespace.toString());
        Records.Stored old = views == null ? null : views.find(id);
        if (views == null || old == null) {
            return false;
        }
        views.remove(old);
        if (oplog != null) {
            oplog.delete(views, id, null);
        }
        return true;
    }

    /** Drops everything in a database; false when there is nothing. */
    boolean dropDatabase(String database) {
        List<Collection> all = collections(database);
        all.forEach(collection -> drop(collection.namespace()));
        if (!all.isEmpty()) {
            log(
                    new Namespace(database, "$cmd"),
                    null,
                    Writer.document().put("dropDatabase", 1).finish(),
                    null);
        }
        return !all.isEmpty();
    }

    /** Gives a collection another name in the same database; the collection that has it is dropped. */
    void rename(Collection source, Namespace target, boolean stayTemp) {
        Namespace old = source.namespace();
        Collection dropped = collections.remove(target);
        if (dropped != null) {
            dropped.discard();
        }
        collections.remove(old);
        source.rename(target);
        collections.put(target, source);
        Writer command = Writer.document()
                .put("renameCollection", old.toString())
                .put("to", target.toString())
                .put("stayTemp", stayTemp);
        if (dropped == null) {
            log(old, source.uuid(), command.finish(), null);
        } else {
            log(
                    old,
                    source.uuid(),
                    command.put("dropTarget", dropped.uuid()).finish(),
                    Writer.document().put("numRecords", dropped.count()).finish());
        }
    }

    /** Writes a command into the oplog, if there is one and it tells of that database. */
    void log(Namespace namespace, @Nullable UUID uuid, Value command, @Nullable Value before) {
        if (oplog != null && namespace.isReplicated()) {
            oplog.command(namespace.database(), uuid, command, before);
        }
    }
}
