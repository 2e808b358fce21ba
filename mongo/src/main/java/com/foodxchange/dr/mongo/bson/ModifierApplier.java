package com.foodxchange.dr.mongo.bson;

import java.util.Arrays;

/**
 * {@code $v:1} modifiers: {@code $set} and {@code $unset} with dotted paths, applied one after the other in the order in
 * which the entry lists them, which is the order in which the primary applied them.
 */
final class ModifierApplier {
    private BsonBuffer current = new BsonBuffer(1024);
    private BsonBuffer next = new BsonBuffer(1024);
    private boolean typesFit;
    private int[] partOffsets = new int[8];
    private int[] partLengths = new int[8];
    private int parts;

    boolean apply(byte[] before, int beforeOffset, byte[] update, int updateOffset, BsonBuffer out) {
        typesFit = true;
        current.clear();
        current.append(before, beforeOffset, Bytes.int32(before, beforeOffset));
        BsonCursor operators = new BsonCursor(update, updateOffset);
        while (operators.next()) {
            if (!UpdateApplier.isVersion(operators)) {
                applyAll(UpdateApplier.isSet(operators), operators);
            }
        }
        out.append(current.array(), 0, current.length());
        return typesFit;
    }

    private void applyAll(boolean set, BsonCursor operator) {
        BsonCursor assignment = new BsonCursor(operator.buffer(), operator.valueOffset());
        while (assignment.next()) {
            split(assignment);
            next.clear();
            change(set, false, current.array(), 0, assignment, 0);
            BsonBuffer done = current;
            current = next;
            next = done;
        }
    }

    private void split(BsonCursor path) {
        parts = 0;
        int start = path.nameOffset();
        int end = start + path.nameLength();
        for (int at = start; at <= end; at++) {
            if (at == end || path.buffer()[at] == '.') {
                if (parts == partOffsets.length) {
                    partOffsets = Arrays.copyOf(partOffsets, parts * 2);
                    partLengths = Arrays.copyOf(partLengths, parts * 2);
                }
                partOffsets[parts] = start;
                partLengths[parts++] = at - start;
                start = at + 1;
            }
        }
    }

    /** Copies the document or array at {@code offset} to {@code next} with the assignment's path changed from {@code part} on. */
    private void change(boolean set, boolean array, byte[] old, int offset, BsonCursor assignment, int part) {
        byte[] names = assignment.buffer();
        int wanted = array ? UpdateApplier.index(names, partOffsets[part], partLengths[part]) : -1;
        boolean found = false;
        int count = 0;
        int start = next.startDocument();
        BsonCursor element = new BsonCursor(old, offset);
        for (; element.next(); count++) {
            boolean here =
                    array ? count == wanted : !found && element.nameIs(names, partOffsets[part], partLengths[part]);
            if (here) {
                found = true;
                changeElement(set, array, element, assignment, part);
            } else {
                UpdateApplier.copyElement(element, next);
            }
        }
        if (!found && set) {
            append(array, count, wanted, assignment, part);
        }
        next.endDocument(start);
    }

    private void changeElement(boolean set, boolean inArray, BsonCursor element, BsonCursor assignment, int part) {
        if (part == parts - 1) {
            if (set) {
                next.element(assignment.type(), element.buffer(), element.nameOffset(), element.nameLength());
                UpdateApplier.copyValue(assignment, next);
            } else if (inArray) {
                UpdateApplier.appendNull(element, next);
            }
        } else if (element.isDocument() || element.isArray()) {
            next.element(element.type(), element.buffer(), element.nameOffset(), element.nameLength());
            change(set, element.isArray(), element.buffer(), element.valueOffset(), assignment, part + 1);
        } else {
            typesFit &= !set;
            UpdateApplier.copyElement(element, next);
        }
    }

    /** Adds what the path leads to and is not there; an array is filled up with nulls to the wanted index. */
    private void append(boolean array, int count, int wanted, BsonCursor assignment, int part) {
        if (array && wanted < 0) {
            typesFit = false;
            return;
        }
        for (int filled = count; array && filled < wanted; filled++) {
            next.element(BsonCursor.NULL, filled);
        }
        byte[] names = assignment.buffer();
        boolean last = part == parts - 1;
        next.element(last ? assignment.type() : BsonCursor.DOCUMENT, names, partOffsets[part], partLengths[part]);
        if (last) {
            UpdateApplier.copyValue(assignment, next);
        } else {
            int start = next.startDocument();
            append(false, 0, -1, assignment, part + 1);
            next.endDocument(start);
        }
    }
}
