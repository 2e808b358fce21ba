package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/** Collations as the server stores them: every option written out. */
final class Collations {
    private Collations() {}

    static Value expand(Value wanted) {
        Value locale = wanted.get("locale");
        if (locale == null || !locale.isString()) {
            throw CommandException.badValue("Field 'locale' is required in a collation");
        }
        Writer full = Writer.document().put("locale", locale);
        if (locale.string().equals("simple")) {
            return full.finish();
        }
        full.put("caseLevel", or(wanted.get("caseLevel"), Value.of(false)));
        full.put("caseFirst", or(wanted.get("caseFirst"), Value.of("off")));
        Value strength = wanted.get("strength");
        full.put("strength", strength == null ? 3 : (int) strength.number());
        full.put("numericOrdering", or(wanted.get("numericOrdering"), Value.of(false)));
        full.put("alternate", or(wanted.get("alternate"), Value.of("non-ignorable")));
        full.put("maxVariable", or(wanted.get("maxVariable"), Value.of("punct")));
        full.put("normalization", or(wanted.get("normalization"), Value.of(false)));
        full.put("backwards", or(wanted.get("backwards"), Value.of(false)));
        return full.put("version", or(wanted.get("version"), Value.of("57.1"))).finish();
    }

    private static Value or(@Nullable Value given, Value otherwise) {
        return given == null ? otherwise : given;
    }
}
