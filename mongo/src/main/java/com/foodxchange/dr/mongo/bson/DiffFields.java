package com.foodxchange.dr.mongo.bson;

import com.foodxchange.dr.mongo.DeploymentException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a document's diff speaks of, in its order, found by name. */
final class DiffFields {
    /** What happens to a field. */
    enum Action {
        DELETE,
        UPDATE,
        INSERT,
        BINARY,
        NESTED
    }

    /** Above this many fields a map is quicker than looking at each. */
    private static final int FEW = 12;

    private final byte[] diff;
    private int count;
    private Action[] actions = new Action[8];
    private int[] nameOffsets = new int[8];
    private int[] nameLengths = new int[8];
    private int[] valueOffsets = new int[8];
    private int[] valueEnds = new int[8];
    private byte[] types = new byte[8];
    private boolean[] done = new boolean[8];
    private @Nullable Map<String, Integer> byName;

    private DiffFields(byte[] diff) {
        this.diff = diff;
    }

    static DiffFields read(byte[] diff, int offset) {
        DiffFields fields = new DiffFields(diff);
        BsonCursor sections = new BsonCursor(diff, offset);
        while (sections.next()) {
            byte section = sections.nameLength() == 0 ? 0 : diff[sections.nameOffset()];
            if (section == 's') {
                fields.add(Action.NESTED, sections, 1);
            } else {
                fields.addAll(action(section, sections), sections);
            }
        }
        if (fields.count > FEW) {
            fields.byName = fields.names();
        }
        return fields;
    }

    private static Action action(byte section, BsonCursor sections) {
        if (sections.nameLength() != 1 || !sections.isDocument()) {
            throw unknown(sections);
        }
        return switch (section) {
            case 'd' -> Action.DELETE;
            case 'u' -> Action.UPDATE;
            case 'i' -> Action.INSERT;
            case 'b' -> Action.BINARY;
            default -> throw unknown(sections);
        };
    }

    private static DeploymentException unknown(BsonCursor sections) {
        return BsonCursor.corrupt("a diff with the section '" + sections.name() + "'");
    }

    private void addAll(Action action, BsonCursor section) {
        BsonCursor fields = new BsonCursor(diff, section.valueOffset());
        while (fields.next()) {
            add(action, fields, 0);
        }
    }

    private void add(Action action, BsonCursor element, int prefix) {
        if (count == actions.length) {
            grow();
        }
        actions[count] = action;
        types[count] = element.type();
        nameOffsets[count] = element.nameOffset() + prefix;
        nameLengths[count] = element.nameLength() - prefix;
        valueOffsets[count] = element.valueOffset();
        valueEnds[count] = element.valueEnd();
        count++;
    }

    private void grow() {
        int capacity = count * 2;
        actions = Arrays.copyOf(actions, capacity);
        types = Arrays.copyOf(types, capacity);
        nameOffsets = Arrays.copyOf(nameOffsets, capacity);
        nameLengths = Arrays.copyOf(nameLengths, capacity);
        valueOffsets = Arrays.copyOf(valueOffsets, capacity);
        valueEnds = Arrays.copyOf(valueEnds, capacity);
        done = Arrays.copyOf(done, capacity);
    }

    private Map<String, Integer> names() {
        Map<String, Integer> map = new HashMap<>();
        for (int field = 0; field < count; field++) {
            map.put(latin(diff, nameOffsets[field], nameLengths[field]), field);
        }
        return map;
    }

    /** Bytes as characters one to one: a key for maps that is not bothered by invalid UTF-8. */
    private static String latin(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    /** The field with the name of that element, or -1. */
    int find(BsonCursor element) {
        if (byName != null) {
            return byName.getOrDefault(latin(element.buffer(), element.nameOffset(), element.nameLength()), -1);
        }
        for (int field = 0; field < count; field++) {
            if (element.nameIs(diff, nameOffsets[field], nameLengths[field])) {
                return field;
            }
        }
        return -1;
    }

    Action action(int field) {
        return actions[field];
    }

    int valueOffset(int field) {
        return valueOffsets[field];
    }

    void markDone(int field) {
        done[field] = true;
    }

    void copyElement(int field, BsonBuffer out) {
        out.element(types[field], diff, nameOffsets[field], nameLengths[field]);
        out.append(diff, valueOffsets[field], valueEnds[field] - valueOffsets[field]);
    }

    /** Appends what has found no place yet: updated fields that the document did not have, and inserted ones. */
    void copyRest(BsonBuffer out) {
        for (int field = 0; field < count; field++) {
            if (actions[field] == Action.INSERT || (actions[field] == Action.UPDATE && !done[field])) {
                copyElement(field, out);
            }
        }
    }
}
