package com.foodxchange.dr.sandbox;

import org.bson.Document;

/** Short names for what tests do with documents. */
final class Docs {
    private Docs() {}

    static Document doc(String json) {
        return Document.parse(json);
    }

    /** The number in a field, whatever its type. */
    static long number(Document document, String field) {
        if (document.get(field) instanceof Number number) {
            return number.longValue();
        }
        throw new AssertionError("no number '" + field + "' in " + document.toJson());
    }
}
