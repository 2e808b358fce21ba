package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/** What becomes of a document. */
interface Update {
    /**
     * The document as it is afterwards.
     *
     * @param document as it is now
     * @param position the array index that {@code $} stands for
     * @param inserting whether an upsert makes a new document
     */
    Value apply(Value document, int position, boolean inserting);

    /** Whether the whole document is replaced, which is what the oplog then says. */
    default boolean isReplacement() {
        return false;
    }

    /** {@code update} is a replacement, a document of operators, or a pipeline. */
    static Update of(Value update, @Nullable Value arrayFilters, boolean keepEmptyTimestamps) {
        if (update.isArray()) {
            return Pipeline.update(update);
        }
        Fields fields = update.fields();
        if (fields.next() && fields.name().startsWith("$")) {
            return Modifiers.parse(update, arrayFilters);
        }
        return new Replacement(keepEmptyTimestamps ? update : NewDocument.fillTimestamps(update));
    }

    /** A whole new document under the old {@code _id}. */
    record Replacement(Value replacement) implements Update {
        @Override
        public Value apply(Value document, int position, boolean inserting) {
            Value id = document.get("_id");
            if (replacement.get("_id") != null || id == null) {
                return replacement;
            }
            return Writer.document().put("_id", id).putAll(replacement).finish();
        }

        @Override
        public boolean isReplacement() {
            return true;
        }
    }
}
