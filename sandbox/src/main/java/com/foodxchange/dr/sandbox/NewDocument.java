package com.foodxchange.dr.sandbox;

import java.util.concurrent.atomic.AtomicInteger;
import org.bson.types.ObjectId;

/** What the server does to a document before it stores it: {@code _id} first, empty timestamps filled. */
final class NewDocument {
    private static final AtomicInteger ORDINAL = new AtomicInteger();

    private NewDocument() {}

    /** The bytes to store, in an array of their own. */
    static byte[] prepare(Value document, boolean keepEmptyTimestamps) {
        Fields.check(document.bytes(), document.offset(), document.end());
        Value filled = keepEmptyTimestamps ? document : fillTimestamps(document);
        Fields fields = filled.fields();
        if (fields.next() && fields.nameIs("_id")) {
            checkId(fields.value());
            return filled.toBytes();
        }
        return moveIdFirst(filled).toBytes();
    }

    private static Value moveIdFirst(Value document) {
        Value id = document.get("_id");
        Writer out = new Writer(document.length() + 24).open();
        out.put("_id", id == null ? Value.objectId(new ObjectId().toByteArray()) : id);
        if (id == null) {
            return out.putAll(document).finish();
        }
        checkId(id);
        Fields fields = document.fields();
        while (fields.next()) {
            if (!fields.nameIs("_id")) {
                out.element(fields, document.bytes());
            }
        }
        return out.finish();
    }

    static void checkId(Value id) {
        if (id.type() == Value.ARRAY || id.type() == Value.REGEX || id.type() == Value.UNDEFINED) {
            throw new CommandException(53, "InvalidIdField", "The '_id' value cannot be of type " + id.typeName());
        }
    }

    /** Timestamps of zero right in the document, its {@code _id} apart, become the time. */
    static Value fillTimestamps(Value document) {
        if (!hasEmptyTimestamp(document)) {
            return document;
        }
        Writer out = new Writer(document.length()).open();
        Fields fields = document.fields();
        while (fields.next()) {
            if (isEmptyTimestamp(fields)) {
                out.putTimestamp(fields.name(), now());
            } else {
                out.element(fields, document.bytes());
            }
        }
        return out.finish();
    }

    static long now() {
        return ((System.currentTimeMillis() / 1000) << 32) | (ORDINAL.incrementAndGet() & 0x7FFFFFFFL);
    }

    private static boolean hasEmptyTimestamp(Value document) {
        Fields fields = document.fields();
        while (fields.next()) {
            if (isEmptyTimestamp(fields)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmptyTimestamp(Fields fields) {
        return fields.type() == Value.TIMESTAMP && fields.value().int64() == 0 && !fields.nameIs("_id");
    }
}
