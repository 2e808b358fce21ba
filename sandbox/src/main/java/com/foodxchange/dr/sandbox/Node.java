package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that is being changed: only what is changed is taken apart, all else keeps its bytes. Not thread-safe. */
final class Node {
    private final byte type;
    private @Nullable Value value;
    private final List<String> names = new ArrayList<>();
    private final List<Node> children = new ArrayList<>();

    Node(Value value) {
        this.type = value.type();
        this.value = value;
    }

    static Node emptyDocument() {
        return new Node(Value.EMPTY_DOCUMENT);
    }

    boolean isDocument() {
        return type == Value.DOCUMENT;
    }

    boolean isArray() {
        return type == Value.ARRAY;
    }

    private void open() {
        Value whole = value;
        if (whole == null) {
            return;
        }
        value = null;
        Fields fields = whole.fields();
        while (fields.next()) {
            names.add(fields.name());
            children.add(new Node(fields.value()));
        }
    }

    int size() {
        open();
        return children.size();
    }

    /** The child of that name or index, or null. */
    @Nullable
    Node child(String name) {
        if (!isDocument() && !isArray()) {
            return null;
        }
        open();
        int at = find(name);
        return at < 0 ? null : children.get(at);
    }

    private int find(String name) {
        if (isArray()) {
            int index = Paths.index(name);
            return index < children.size() ? index : -1;
        }
        return names.indexOf(name);
    }

    /** Puts a child in its place, or at the end; an array is filled up with nulls. */
    void set(String name, Node child) {
        open();
        int at = find(name);
        if (at >= 0) {
            children.set(at, child);
            return;
        }
        if (isArray()) {
            int index = Paths.index(name);
            if (index < 0 || index > children.size() + 1_500_000) {
                throw new CommandException(
                        28, "PathNotViable", "Cannot create field '" + name + "' in element {: " + toValue() + "}");
            }
            while (children.size() < index) {
                names.add("");
                children.add(new Node(Value.NULL_VALUE));
            }
        }
        names.add(name);
        children.add(child);
    }

    /** Removes a field; an element of an array becomes null. */
    void remove(String name) {
        open();
        int at = find(name);
        if (at < 0) {
            return;
        }
        if (isArray()) {
            children.set(at, new Node(Value.NULL_VALUE));
        } else {
            names.remove(at);
            children.remove(at);
        }
    }

    List<Value> elements() {
        return toValue().elements();
    }

    Value toValue() {
        Value whole = value;
        if (whole != null) {
            return whole;
        }
        Writer out = new Writer(256);
        write(out);
        return new Value(type, out.toBytes(), 0, out.length());
    }

    private void write(Writer out) {
        Value whole = value;
        if (whole != null) {
            out.raw(whole);
            return;
        }
        out.open();
        for (int at = 0; at < children.size(); at++) {
            Node child = children.get(at);
            out.name(child.type, isArray() ? Integer.toString(at) : names.get(at));
            child.write(out);
        }
        out.close();
    }

    static Value array(List<Value> elements) {
        Writer out = new Writer(256).open();
        elements.forEach(out::add);
        out.close();
        return new Value(Value.ARRAY, out.toBytes(), 0, out.length());
    }
}
