package com.foodxchange.dr.mongo.bson;

/**
 * {@code $v:2} diffs. A document's diff has sections {@code d} (delete), {@code u} (update in place), {@code i} (insert at
 * the end), {@code b} (replace the end of a binary value) and one {@code s<field>} for each field that has a diff of its
 * own. An array's diff has {@code a:true}, perhaps {@code l} (the new length), and {@code u<index>}, {@code s<index>} in
 * ascending order.
 */
final class DiffApplier {
    private static final byte[] LENGTH = {'l'};
    private static final byte[] ARRAY_MARK = {'a'};

    private boolean typesFit;

    boolean apply(byte[] before, int beforeOffset, byte[] diff, int diffOffset, BsonBuffer out) {
        typesFit = true;
        document(before, beforeOffset, diff, diffOffset, out);
        return typesFit;
    }

    private void document(byte[] before, int beforeOffset, byte[] diff, int diffOffset, BsonBuffer out) {
        DiffFields fields = DiffFields.read(diff, diffOffset);
        int start = out.startDocument();
        BsonCursor old = new BsonCursor(before, beforeOffset);
        while (old.next()) {
            int field = fields.find(old);
            if (field < 0) {
                UpdateApplier.copyElement(old, out);
                continue;
            }
            switch (fields.action(field)) {
                case DELETE -> {}
                // its place is at the end, where it also goes when the entry is applied a second time
                case INSERT -> {}
                case UPDATE -> {
                    fields.copyElement(field, out);
                    fields.markDone(field);
                }
                case BINARY -> binary(old, diff, fields.valueOffset(field), out);
                case NESTED -> nested(old, diff, fields.valueOffset(field), out);
            }
        }
        fields.copyRest(out);
        out.endDocument(start);
    }

    private void nested(BsonCursor old, byte[] diff, int diffOffset, BsonBuffer out) {
        boolean array = isArrayDiff(diff, diffOffset);
        if (array ? !old.isArray() : !old.isDocument()) {
            typesFit = false;
            UpdateApplier.appendNull(old, out);
            return;
        }
        out.element(old.type(), old.buffer(), old.nameOffset(), old.nameLength());
        value(array, old, diff, diffOffset, out);
    }

    private void value(boolean array, BsonCursor old, byte[] diff, int diffOffset, BsonBuffer out) {
        if (array) {
            array(old.buffer(), old.valueOffset(), diff, diffOffset, out);
        } else {
            document(old.buffer(), old.valueOffset(), diff, diffOffset, out);
        }
    }

    private static boolean isArrayDiff(byte[] diff, int offset) {
        BsonCursor cursor = new BsonCursor(diff, offset);
        return cursor.next() && cursor.nameIs(ARRAY_MARK) && cursor.type() == BsonCursor.BOOLEAN;
    }

    private void array(byte[] before, int beforeOffset, byte[] diff, int diffOffset, BsonBuffer out) {
        int newLength = newLength(diff, diffOffset);
        BsonCursor changes = new BsonCursor(diff, diffOffset);
        int changed = nextChange(changes);
        int start = out.startDocument();
        BsonCursor old = new BsonCursor(before, beforeOffset);
        int index = 0;
        for (; (newLength < 0 || index < newLength) && old.next(); index++) {
            if (index != changed) {
                out.element(old.type(), index);
                UpdateApplier.copyValue(old, out);
                continue;
            }
            changeElement(index, old, changes, out);
            changed = nextChange(changes);
        }
        for (; index < newLength || changed >= 0; index++) {
            if (index == changed) {
                appendElement(index, changes, out);
                changed = nextChange(changes);
            } else {
                out.element(BsonCursor.NULL, index);
            }
        }
        out.endDocument(start);
    }

    private void changeElement(int index, BsonCursor old, BsonCursor change, BsonBuffer out) {
        if (isUpdate(change)) {
            appendElement(index, change, out);
            return;
        }
        boolean array = isArrayDiff(change.buffer(), change.valueOffset());
        if (array ? !old.isArray() : !old.isDocument()) {
            typesFit = false;
            out.element(BsonCursor.NULL, index);
            return;
        }
        out.element(old.type(), index);
        value(array, old, change.buffer(), change.valueOffset(), out);
    }

    /** An element that the array did not have: a value, or a diff of something that is gone. */
    private void appendElement(int index, BsonCursor change, BsonBuffer out) {
        if (isUpdate(change)) {
            out.element(change.type(), index);
            UpdateApplier.copyValue(change, out);
        } else {
            typesFit = false;
            out.element(BsonCursor.NULL, index);
        }
    }

    private static boolean isUpdate(BsonCursor change) {
        return change.buffer()[change.nameOffset()] == 'u';
    }

    private static int newLength(byte[] diff, int offset) {
        BsonCursor cursor = new BsonCursor(diff, offset);
        return cursor.find(LENGTH) ? (int) cursor.number() : -1;
    }

    /** Moves to the next changed element and returns its index; -1 after the last. */
    private static int nextChange(BsonCursor changes) {
        while (changes.next()) {
            if (changes.nameIs(ARRAY_MARK) || changes.nameIs(LENGTH)) {
                continue;
            }
            int index = UpdateApplier.index(changes.buffer(), changes.nameOffset() + 1, changes.nameLength() - 1);
            byte kind = changes.buffer()[changes.nameOffset()];
            if (index < 0 || (kind != 'u' && kind != 's')) {
                throw BsonCursor.corrupt("an array diff with the member '" + changes.name() + "'");
            }
            return index;
        }
        return -1;
    }

    /** {@code {o: offset, d: data}}: the first {@code offset} bytes stay, {@code data} follows. */
    private void binary(BsonCursor old, byte[] diff, int diffOffset, BsonBuffer out) {
        BsonCursor change = new BsonCursor(diff, diffOffset);
        int kept = -1;
        int dataOffset = 0;
        int dataLength = -1;
        while (change.next()) {
            if (change.buffer()[change.nameOffset()] == 'o') {
                kept = (int) change.number();
            } else if (change.type() == BsonCursor.BINARY) {
                dataOffset = change.valueOffset() + 5;
                dataLength = change.valueLength() - 5;
            }
        }
        if (kept < 0 || dataLength < 0) {
            throw BsonCursor.corrupt("a binary diff without offset or data");
        }
        if (old.type() != BsonCursor.BINARY || kept > old.valueLength() - 5) {
            typesFit = false;
            UpdateApplier.appendNull(old, out);
            return;
        }
        out.element(BsonCursor.BINARY, old.buffer(), old.nameOffset(), old.nameLength());
        out.appendInt32(kept + dataLength).append(old.buffer(), old.valueOffset() + 4, kept + 1);
        out.append(diff, dataOffset, dataLength);
    }
}
