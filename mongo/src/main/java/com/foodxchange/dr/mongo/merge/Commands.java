package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonBinarySubType;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/** The commands of the oplog ({@code op: "c"}), applied to the catalog. */
final class Commands {
    /** They leave neither documents nor the catalog different. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("setMultikeyMetadata", "dropIdent", "dbCheck");

    /** Members of a {@code create} entry that are not options of the collection. */
    private static final Set<String> NOT_OPTIONS = Set.of("create", "idIndex", "temp", "uuid", "recordIdsReplicated");

    /** Options in the order in which the server lists them. */
    private static final List<String> OPTION_ORDER = List.of(
            "capped",
            "size",
            "max",
            "autoIndexId",
            "flags",
            "recordPreImages",
            "changeStreamPreAndPostImages",
            "storageEngine",
            "indexOptionDefaults",
            "validator",
            "validationLevel",
            "validationAction",
            "collation",
            "clusteredIndex",
            "expireAfterSeconds",
            "timeseries");

    private final Catalog catalog;
    private final Set<String> databases;

    /** {@code databases}: those that matter, empty for all. */
    Commands(Catalog catalog, Set<String> databases) {
        this.catalog = catalog;
        this.databases = databases;
    }

    /** Applies a command that is neither {@code applyOps} nor the end of a transaction; {@code ts}: its place in the oplog. */
    void apply(OplogEntry entry, long ts, Phase phase) throws IOException {
        String namespace = entry.namespace();
        int dot = namespace.indexOf('.');
        String database = dot < 0 ? namespace : namespace.substring(0, dot);
        if (!Coverage.coversDatabase(database) || (!databases.isEmpty() && !databases.contains(database))) {
            return;
        }
        BsonDocument command = entry.command();
        String name = command.getFirstKey();
        if (WITHOUT_EFFECT.contains(name)) {
            return;
        }
        switch (name) {
            case "create" -> create(entry, database, command, phase);
            case "drop" -> drop(entry, database, command);
            case "dropDatabase" -> dropDatabase(database, phase);
            case "renameCollection" -> rename(entry, command);
            case "collMod",
                    "createIndexes",
                    "commitIndexBuild",
                    "startIndexBuild",
                    "abortIndexBuild",
                    "dropIndexes",
                    "dropIndex",
                    "deleteIndexes",
                    "deleteIndex",
                    "convertToCapped",
                    "emptycapped" -> change(entry, database, name, command);
            default -> throw unknown(ts, namespace, name);
        }
    }

    private static DeploymentException unknown(long ts, String namespace, String name) {
        String at = OplogEntry.format(ts);
        return new DeploymentException(
                Kind.UNKNOWN_ENTRY,
                "the oplog entry at " + at + " is the command '" + name + "' on " + namespace
                        + ", and what it does to the data is not known here",
                "restore to a moment before it (--at with a time before " + at
                        + "), or leave it out by restoring from a full backup taken after it");
    }

    private void create(OplogEntry entry, String database, BsonDocument command, Phase phase) throws IOException {
        Namespace namespace =
                new Namespace(database, command.getString("create").getValue());
        if (!Coverage.covers(database, namespace.collection())) {
            return;
        }
        CollectionState known = find(entry, namespace);
        if (known != null && phase == Phase.DURING_SCAN) {
            return; // the base has it, perhaps under the name that a later entry gives it
        }
        if (known != null) {
            catalog.drop(known);
        }
        BsonDocument options = new BsonDocument();
        command.forEach((key, value) -> {
            if (!NOT_OPTIONS.contains(key)) {
                options.put(key, value);
            }
        });
        CollectionState created = catalog.add(entry.uuid(), namespace, options, null);
        if (command.containsKey("idIndex")) {
            created.putIndex(command.getDocument("idIndex"));
        }
    }

    private @Nullable CollectionState find(OplogEntry entry, Namespace namespace) {
        CollectionState state = catalog.find(entry);
        return state != null ? state : catalog.find(namespace, entry.hasUuid());
    }

    private void drop(OplogEntry entry, String database, BsonDocument command) {
        String collection = command.getString("drop").getValue();
        if (collection.equals(Coverage.VIEWS)) {
            catalog.dropViews(database);
            return;
        }
        CollectionState state = find(entry, new Namespace(database, collection));
        if (state != null) {
            catalog.drop(state);
        }
    }

    /**
     * The server drops each collection by an entry of its own before this one. While the base may be ahead there may be
     * newer collections in the database already, so then this entry says nothing.
     */
    private void dropDatabase(String database, Phase phase) {
        if (phase == Phase.AFTER_SCAN) {
            catalog.dropDatabase(database);
        }
    }

    private void rename(OplogEntry entry, BsonDocument command) {
        Namespace from = Namespace.parse(command.getString("renameCollection").getValue());
        Namespace to = Namespace.parse(command.getString("to").getValue());
        dropTarget(command.get("dropTarget", BsonBoolean.FALSE), to);
        CollectionState state = find(entry, from);
        if (state != null) {
            state.rename(to);
        }
    }

    private void dropTarget(BsonValue target, Namespace to) {
        if (target.isBinary() && BsonBinarySubType.isUuid(target.asBinary().getType())) {
            UUID uuid = target.asBinary().asUuid(UuidRepresentation.STANDARD);
            catalog.drop(uuid);
            target = BsonBoolean.FALSE;
        }
        CollectionState known =
                catalog.find(to, !(target.isBoolean() && target.asBoolean().getValue()));
        if (known != null) {
            catalog.drop(known);
        }
    }

    private void change(OplogEntry entry, String database, String name, BsonDocument command) throws IOException {
        BsonValue collection = command.get(name);
        CollectionState state = collection != null && collection.isString()
                ? find(entry, new Namespace(database, collection.asString().getValue()))
                : catalog.find(entry);
        if (state == null) {
            return;
        }
        switch (name) {
            case "collMod" -> modify(state, command);
            case "createIndexes" -> state.putIndex(withoutFirst(command));
            case "commitIndexBuild" -> command.getArray("indexes").forEach(index -> state.putIndex(index.asDocument()));
            // the base may list an index that is still being built; it exists from its commit on
            case "startIndexBuild", "abortIndexBuild" ->
                command.getArray("indexes")
                        .forEach(index -> state.dropIndexes(index.asDocument().getString("name")));
            case "convertToCapped" -> cap(state, command.get("size", new BsonInt32(0)));
            case "emptycapped" -> catalog.empty(state);
            default -> state.dropIndexes(command.get("index", new BsonString("*")));
        }
    }

    private static BsonDocument withoutFirst(BsonDocument command) {
        BsonDocument rest = new BsonDocument();
        String first = command.getFirstKey();
        command.forEach((key, value) -> {
            if (!key.equals(first)) {
                rest.put(key, value);
            }
        });
        return rest;
    }

    private static void cap(CollectionState state, BsonValue size) {
        BsonDocument options = new BsonDocument("capped", BsonBoolean.TRUE).append("size", size);
        state.options().forEach(options::putIfAbsent);
        state.setOptions(options);
    }

    private static void modify(CollectionState state, BsonDocument command) {
        BsonDocument options = new BsonDocument();
        options.putAll(state.options());
        withoutFirst(command).forEach((key, value) -> {
            switch (key) {
                case "index" -> state.modifyIndex(value.asDocument());
                case "noPadding", "usePowerOf2Sizes", "dryRun", "isTimeseriesNamespace" -> {}
                case "cappedSize" -> options.put("size", value);
                case "cappedMax" -> options.put("max", value);
                case "expireAfterSeconds" -> setExpiry(options, value);
                case "timeseries" -> setTimeSeries(options, value.asDocument());
                case "validator" -> {
                    options.put(key, value);
                    if (value.asDocument().isEmpty()) {
                        options.remove(key);
                    }
                }
                default -> options.put(key, value);
            }
        });
        state.setOptions(ordered(options));
    }

    private static void setExpiry(BsonDocument options, BsonValue value) {
        if (value.equals(new BsonString("off"))) {
            options.remove("expireAfterSeconds");
        } else {
            options.put("expireAfterSeconds", value);
        }
    }

    private static void setTimeSeries(BsonDocument options, BsonDocument change) {
        BsonDocument timeSeries = new BsonDocument();
        timeSeries.putAll(options.getDocument("timeseries", new BsonDocument()));
        timeSeries.putAll(change);
        options.put("timeseries", timeSeries);
    }

    private static BsonDocument ordered(BsonDocument options) {
        BsonDocument ordered = new BsonDocument();
        OPTION_ORDER.forEach(key -> {
            if (options.containsKey(key)) {
                ordered.put(key, options.get(key));
            }
        });
        options.forEach(ordered::putIfAbsent);
        return ordered;
    }
}
