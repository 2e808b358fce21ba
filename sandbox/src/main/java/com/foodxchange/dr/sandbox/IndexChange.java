package com.foodxchange.dr.sandbox;

import java.util.Set;

/** What {@code collMod} changes of an index: when its documents expire, and whether queries use it. */
final class IndexChange {
    private static final Set<String> CHANGEABLE = Set.of("expireAfterSeconds", "hidden");

    private IndexChange() {}

    /** Returns what the oplog says of it; {@code old} and {@code reply} get what was there before. */
    static Value apply(Collection collection, Value wanted, Writer old, Writer reply) {
        Index index = find(collection, wanted);
        Writer logged = Writer.document().put("name", index.name());
        Writer spec = Writer.document();
        Fields fields = index.spec().fields();
        while (fields.next()) {
            if (!CHANGEABLE.contains(fields.name()) || wanted.get(fields.name()) == null) {
                spec.put(fields.name(), fields.value());
            }
        }
        for (String name : CHANGEABLE) {
            Value value = wanted.get(name);
            if (value != null) {
                old.putIf(name + "_old", index.spec().get(name));
                reply.putIf(name + "_old", index.spec().get(name)).put(name + "_new", value);
                logged.put(name, value);
                if (!name.equals("hidden") || value.truth()) {
                    spec.put(name, value);
                }
            }
        }
        collection.replaceIndex(index, new Index(spec.finish()));
        return logged.finish();
    }

    private static Index find(Collection collection, Value wanted) {
        Value name = wanted.get("name");
        Value key = wanted.get("keyPattern");
        for (Index index : collection.indexes()) {
            boolean same = name != null
                    ? index.name().equals(name.string())
                    : key != null && index.key().equals(key);
            if (same) {
                return index;
            }
        }
        throw new CommandException(
                27, "IndexNotFound", "cannot find index " + wanted + " for ns " + collection.namespace());
    }
}
