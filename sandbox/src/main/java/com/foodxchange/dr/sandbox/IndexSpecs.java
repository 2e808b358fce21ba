package com.foodxchange.dr.sandbox;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the server writes down what a client wants of an index. */
final class IndexSpecs {
    private static final Set<String> KNOWN = Set.of(
            "v",
            "key",
            "name",
            "ns",
            "unique",
            "sparse",
            "background",
            "expireAfterSeconds",
            "storageEngine",
            "weights",
            "default_language",
            "language_override",
            "textIndexVersion",
            "2dsphereIndexVersion",
            "bits",
            "min",
            "max",
            "partialFilterExpression",
            "collation",
            "wildcardProjection",
            "hidden",
            "dropDups",
            "prepareUnique",
            "clustered");

    private static final Set<String> FIRST = Set.of("v", "key", "name", "ns");

    private IndexSpecs() {}

    /** The index that every collection has. */
    static Value id(@Nullable Value collation) {
        return Writer.document()
                .put("v", 2)
                .startDocument("key")
                .put("_id", 1)
                .close()
                .put("name", "_id_")
                .putIf("collation", collation)
                .finish();
    }

    /** Version, key and name first, the collection's collation when there is no other. */
    static Value normalize(Value wanted, @Nullable Value collectionCollation) {
        Value key = required(wanted, "key");
        Value name = required(wanted, "name");
        if (key.get("_id") != null && key.elements().size() == 1) {
            return id(collectionCollation);
        }
        Value version = wanted.get("v");
        Writer spec = Writer.document().put("v", version == null ? 2 : (int) version.number());
        boolean text = writeKey(spec, key);
        spec.put("name", name);
        Fields fields = wanted.fields();
        while (fields.next()) {
            if (!KNOWN.contains(fields.name())) {
                throw new CommandException(
                        197,
                        "InvalidIndexSpecificationOption",
                        "The field '" + fields.name() + "' is not valid for an index specification. Specification: "
                                + wanted);
            }
            if (!FIRST.contains(fields.name()) && !fields.name().equals("collation")) {
                spec.put(fields.name(), fields.value());
            }
        }
        if (text) {
            textDefaults(spec, key, wanted);
        }
        if (hasType(key, "2dsphere") && wanted.get("2dsphereIndexVersion") == null) {
            spec.put("2dsphereIndexVersion", 3);
        }
        return spec.putIf("collation", collation(wanted.get("collation"), collectionCollation))
                .finish();
    }

    /** Without the options that no index has. */
    static Value known(Value wanted) {
        Writer spec = Writer.document();
        Fields fields = wanted.fields();
        while (fields.next()) {
            if (KNOWN.contains(fields.name())) {
                spec.put(fields.name(), fields.value());
            }
        }
        return spec.finish();
    }

    private static Value required(Value wanted, String field) {
        Value value = wanted.get(field);
        if (value == null) {
            throw CommandException.failedToParse("Error in specification " + wanted + " :: caused by :: The '" + field
                    + "' field is a required property of an index specification");
        }
        return value;
    }

    private static @Nullable Value collation(@Nullable Value own, @Nullable Value inherited) {
        Value collation = own == null ? inherited : Collations.expand(own);
        Value locale = collation == null ? null : collation.get("locale");
        return locale == null || locale.string().equals("simple") ? null : collation;
    }

    private static boolean hasType(Value key, String type) {
        return key.elements().stream()
                .anyMatch(each -> each.isString() && each.string().equals(type));
    }

    /** The fields of a text index become {@code _fts} and {@code _ftsx}; true when that was done. */
    private static boolean writeKey(Writer spec, Value key) {
        if (!hasType(key, "text") || key.get("_fts") != null) {
            spec.put("key", key);
            return false;
        }
        spec.startDocument("key");
        boolean done = false;
        Fields fields = key.fields();
        while (fields.next()) {
            if (!isText(fields.value())) {
                spec.put(fields.name(), fields.value());
            } else if (!done) {
                spec.put("_fts", "text").put("_ftsx", 1);
                done = true;
            }
        }
        spec.close();
        return true;
    }

    private static boolean isText(Value direction) {
        return direction.isString() && direction.string().equals("text");
    }

    private static void textDefaults(Writer spec, Value key, Value wanted) {
        if (wanted.get("weights") == null) {
            spec.startDocument("weights");
            Fields fields = key.fields();
            while (fields.next()) {
                if (isText(fields.value())) {
                    spec.put(fields.name(), 1);
                }
            }
            spec.close();
        }
        if (wanted.get("default_language") == null) {
            spec.put("default_language", "english");
        }
        if (wanted.get("language_override") == null) {
            spec.put("language_override", "language");
        }
        if (wanted.get("textIndexVersion") == null) {
            spec.put("textIndexVersion", 3);
        }
    }
}
