package com.foodxchange.dr.sandbox;

import java.text.Collator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a collation takes for the same. Strings are replaced by their collation keys; without a collation, or with the
 * locale {@code simple}, they stay as they are. Strings inside of documents and arrays are not folded.
 */
final class Folding {
    private static final Folding SIMPLE = new Folding(null);

    private final @Nullable Collator collator;

    private Folding(@Nullable Collator collator) {
        this.collator = collator;
    }

    static Folding of(@Nullable Value collation) {
        Value locale = collation == null ? null : collation.get("locale");
        if (collation == null || locale == null || locale.string().equals("simple")) {
            return SIMPLE;
        }
        Value strength = collation.get("strength");
        Collator collator =
                Collator.getInstance(Locale.forLanguageTag(locale.string().replace('_', '-')));
        collator.setStrength(
                switch (strength == null ? 3 : (int) strength.number()) {
                    case 1 -> Collator.PRIMARY;
                    case 2 -> Collator.SECONDARY;
                    case 3 -> Collator.TERTIARY;
                    default -> Collator.IDENTICAL;
                });
        return new Folding(collator);
    }

    Value fold(Value value) {
        if (collator == null || !value.isString()) {
            return value;
        }
        byte[] key = collator.getCollationKey(value.string()).toByteArray();
        byte[] bytes = new byte[key.length + 5];
        Value.INTS.set(bytes, 0, key.length + 1);
        System.arraycopy(key, 0, bytes, 4, key.length);
        return new Value(Value.STRING, bytes, 0, bytes.length);
    }
}
