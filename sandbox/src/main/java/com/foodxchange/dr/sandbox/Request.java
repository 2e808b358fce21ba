package com.foodxchange.dr.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command as a client sent it.
 *
 * @param body the document whose first field names the command
 * @param sequences lists of documents that came beside the body
 * @param acknowledged whether the client waits for an answer
 */
record Request(Value body, Map<String, List<Value>> sequences, boolean acknowledged) {
    private static final Set<String> GENERIC = Set.of(
            "lsid",
            "txnNumber",
            "writeConcern",
            "readConcern",
            "comment",
            "maxTimeMS",
            "apiVersion",
            "apiStrict",
            "apiDeprecationErrors");

    /** Whether every command may have a field of that name. */
    static boolean isGeneric(String name) {
        return name.startsWith("$") || GENERIC.contains(name);
    }

    String command() {
        Fields fields = body.fields();
        return fields.next() ? fields.name() : "";
    }

    @Nullable
    Value get(String name) {
        return body.get(name);
    }

    boolean flag(String name) {
        Value value = body.get(name);
        return value != null && value.truth();
    }

    long number(String name, long otherwise) {
        Value value = body.get(name);
        return value == null || value.isNull() ? otherwise : value.number();
    }

    /** A document, empty when it is missing. */
    Value document(String name) {
        Value value = body.get(name);
        return value == null || value.isNull() ? Value.EMPTY_DOCUMENT : value;
    }

    Value required(String name) {
        Value value = body.get(name);
        if (value == null) {
            throw new CommandException(
                    40414,
                    "Location40414",
                    "BSON field '" + command() + "." + name + "' is missing but a required field");
        }
        return value;
    }

    /** The documents of that name, wherever they came. */
    List<Value> documents(String name) {
        List<Value> sequence = sequences.get(name);
        return sequence != null ? sequence : required(name).elements();
    }

    String database() {
        Value database = body.get("$db");
        return database == null ? "admin" : database.string();
    }

    /** The collection that the command's first field names. */
    Namespace namespace() {
        Fields fields = body.fields();
        if (!fields.next() || !fields.value().isString()) {
            throw new CommandException(73, "InvalidNamespace", "collection name has invalid type");
        }
        return Namespace.of(database(), fields.value().string());
    }
}
