package com.foodxchange.dr.mongo.bson;

/**
 * Applies what an oplog entry of kind {@code u} holds in {@code o} to a document. The server has written it in three
 * forms: a whole document, {@code $v:1} modifiers ({@code $set} and {@code $unset}; 3.6 to 4.4, {@code $v} sometimes
 * absent) and {@code $v:2} diffs (5.0 on). All three may be applied again to a document that has them already, or to a
 * later state of it, as long as every following entry is applied too: that is how the server's own initial sync works.
 * Not thread-safe.
 */
public final class UpdateApplier {
    private static final byte[] VERSION = {'$', 'v'};
    private static final byte[] SET = {'$', 's', 'e', 't'};
    private static final byte[] UNSET = {'$', 'u', 'n', 's', 'e', 't'};
    private static final byte[] DIFF = {'d', 'i', 'f', 'f'};

    private final BsonCursor cursor = new BsonCursor();
    private final DiffApplier diffs = new DiffApplier();
    private final ModifierApplier modifiers = new ModifierApplier();

    /** Whether {@code o} is a document to put in the old one's place: neither modifiers nor a diff. */
    public boolean isReplacement(byte[] update, int offset) {
        cursor.open(update, offset);
        return !cursor.next() || !(cursor.nameIs(VERSION) || cursor.nameIs(SET) || cursor.nameIs(UNSET));
    }

    /**
     * Writes the document at {@code before} with the update applied to {@code out}.
     *
     * @return false when the update speaks of fields that are of another type in this document, which is what applying it
     *     to a later state looks like; the affected fields then await a following update
     */
    public boolean apply(byte[] before, int beforeOffset, byte[] update, int updateOffset, BsonBuffer out) {
        cursor.open(update, updateOffset);
        while (cursor.next()) {
            if (cursor.nameIs(VERSION)) {
                requireKnown(cursor.number());
            } else if (cursor.nameIs(DIFF)) {
                return diffs.apply(before, beforeOffset, update, cursor.valueOffset(), out);
            } else {
                return modifiers.apply(before, beforeOffset, update, updateOffset, out);
            }
        }
        int length = Bytes.int32(before, beforeOffset);
        out.append(before, beforeOffset, length);
        return true;
    }

    private static void requireKnown(long version) {
        if (version != 1 && version != 2) {
            throw BsonCursor.corrupt("an update of version " + version + ", known are 1 and 2");
        }
    }

    /** Whether a modifier entry's operator is {@code $set}; the other one is {@code $unset}. */
    static boolean isSet(BsonCursor operator) {
        if (operator.nameIs(SET)) {
            return true;
        }
        if (operator.nameIs(UNSET)) {
            return false;
        }
        throw BsonCursor.corrupt("an update with the operator '" + operator.name() + "'");
    }

    static boolean isVersion(BsonCursor element) {
        return element.nameIs(VERSION);
    }

    static void copyElement(BsonCursor element, BsonBuffer out) {
        out.append(element.buffer(), element.elementOffset(), element.valueEnd() - element.elementOffset());
    }

    static void appendNull(BsonCursor named, BsonBuffer out) {
        out.element(BsonCursor.NULL, named.buffer(), named.nameOffset(), named.nameLength());
    }

    static void copyValue(BsonCursor element, BsonBuffer out) {
        out.append(element.buffer(), element.valueOffset(), element.valueLength());
    }

    /** A number written in decimal digits, or -1. */
    static int index(byte[] text, int offset, int length) {
        if (length == 0 || length > 9) {
            return -1;
        }
        int value = 0;
        for (int at = offset; at < offset + length; at++) {
            byte digit = text[at];
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value;
    }
}
