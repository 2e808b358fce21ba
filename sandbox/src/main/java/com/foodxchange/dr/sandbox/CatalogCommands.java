package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code create}, {@code drop}, {@code dropDatabase}, {@code collMod}. */
final class CatalogCommands {
    private static final Set<String> STORED = Set.of(
            "capped",
            "size",
            "max",
            "validator",
            "validationLevel",
            "validationAction",
            "collation",
            "storageEngine",
            "indexOptionDefaults",
            "changeStreamPreAndPostImages",
            "temp",
            "flags");
    private static final Set<String> REFUSED =
            Set.of("timeseries", "clusteredIndex", "encryptedFields", "expireAfterSeconds");
    /** Understood, but not kept among the options. */
    private static final Set<String> OTHER = Set.of("create", "idIndex", "autoIndexId");

    private static final Set<String> VALIDATION = Set.of("validator", "validationLevel", "validationAction");

    private final Server server;

    CatalogCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("create", this::create);
        commands.put("drop", this::drop);
        commands.put("dropDatabase", this::dropDatabase);
        commands.put("collMod", this::collMod);
    }

    private void create(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        boolean view = request.get("viewOn") != null;
        Value options = view ? viewDefinition(request) : options(request.body());
        server.write(() -> {
            if (view) {
                server.catalog().createView(namespace, options);
            } else {
                server.catalog().create(namespace, options);
            }
            return true;
        });
    }

    private static Value viewDefinition(Request request) {
        Writer definition = Writer.document().put("viewOn", request.required("viewOn"));
        Value pipeline = request.get("pipeline");
        if (pipeline == null) {
            definition.startArray("pipeline").close();
        } else {
            definition.put("pipeline", pipeline);
        }
        Value collation = request.get("collation");
        return definition
                .putIf("collation", collation == null ? null : Collations.expand(collation))
                .finish();
    }

    private static Value options(Value command) {
        Writer options = Writer.document();
        Fields fields = command.fields();
        while (fields.next()) {
            String name = fields.name();
            Value value = fields.value();
            if (REFUSED.contains(name)) {
                throw CommandException.notSupported("the sandbox has no collections with the option '" + name + "'");
            }
            if (!STORED.contains(name) && !Request.isGeneric(name) && !OTHER.contains(name)) {
                throw new CommandException(
                        40415, "Location40415", "BSON field 'create." + name + "' is an unknown field.");
            }
            if (STORED.contains(name) && !isDefault(name, value)) {
                options.put(name, stored(name, value));
            }
        }
        Value result = options.finish();
        Value capped = result.get("capped");
        if (capped != null && result.get("size") == null) {
            throw new CommandException(72, "InvalidOptions", "the 'size' field is required when 'capped' is true");
        }
        return result;
    }

    private static boolean isDefault(String name, Value value) {
        return switch (name) {
            case "capped", "temp" -> !value.truth();
            case "collation" -> value.get("locale") != null && value.equals(simple());
            default -> false;
        };
    }

    private static Value simple() {
        return Writer.document().put("locale", "simple").finish();
    }

    private static Value stored(String name, Value value) {
        return switch (name) {
            case "collation" -> Collations.expand(value);
            // the server rounds up to a multiple of 256
            case "size" -> fitting((value.number() + 255) & ~255L);
            case "max" -> fitting(value.number());
            default -> value.copy();
        };
    }

    private static Value fitting(long number) {
        return number == (int) number ? Value.of((int) number) : Value.of(number);
    }

    private void drop(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        server.write(() -> {
            Collection collection = server.catalog().find(namespace);
            if (!server.catalog().drop(namespace)) {
                throw CommandException.noNamespace("ns not found");
            }
            if (collection != null) {
                reply.put("nIndexesWas", collection.indexes().size());
            }
            return true;
        });
        reply.put("ns", namespace.toString());
    }

    private void dropDatabase(Request request, Writer reply) {
        String database = request.database();
        if (server.write(() -> server.catalog().dropDatabase(database))) {
            reply.put("dropped", database);
        }
    }

    private void collMod(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        server.write(() -> {
            if (request.get("viewOn") != null || server.catalog().view(namespace) != null) {
                server.catalog().changeView(namespace, viewDefinition(request));
            } else {
                change(server.catalog().require(namespace), request, reply);
            }
            return true;
        });
    }

    private void change(Collection collection, Request request, Writer reply) {
        Value before = oldOptions(collection);
        Writer command = Writer.document().put("collMod", collection.namespace().collection());
        Writer old = Writer.document().put("collectionOptions_old", before);
        Value index = request.get("index");
        if (index != null) {
            command.put("index", IndexChange.apply(collection, index, old, reply));
        }
        List<String> changed = new ArrayList<>();
        Fields fields = request.body().fields();
        while (fields.next()) {
            String name = fields.name();
            if (VALIDATION.contains(name) || name.equals("changeStreamPreAndPostImages")) {
                command.put(name, fields.value());
                changed.add(name);
            }
        }
        collection.setOptions(merged(collection.options(), request.body(), changed));
        server.catalog().log(collection.namespace(), collection.uuid(), command.finish(), old.finish());
    }

    private static Value oldOptions(Collection collection) {
        return Writer.document()
                .put("uuid", collection.uuid())
                .putAll(collection.options())
                .finish();
    }

    private static Value merged(Value options, Value command, List<String> changed) {
        Writer merged = Writer.document();
        Fields fields = options.fields();
        while (fields.next()) {
            if (!changed.contains(fields.name())) {
                merged.put(fields.name(), fields.value());
            }
        }
        changed.forEach(name -> merged.putIf(name, command.get(name)));
        return merged.finish();
    }
}
