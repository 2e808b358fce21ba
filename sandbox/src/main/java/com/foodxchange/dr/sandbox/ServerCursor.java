package com.foodxchange.dr.sandbox;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is left of an answer, handed out in batches. */
final class ServerCursor {
    private static final int MAX_BATCH_BYTES = 16 * 1024 * 1024;

    private final Namespace namespace;
    private final Documents documents;
    private final boolean tailable;
    private final boolean awaitsData;
    private final ReentrantLock inUse = new ReentrantLock();
    private @Nullable Value pending;
    private volatile boolean killed;
    private volatile long lastUse = System.nanoTime();

    ServerCursor(Namespace namespace, Documents documents, boolean tailable, boolean awaitsData) {
        this.namespace = namespace;
        this.documents = documents;
        this.tailable = tailable;
        this.awaitsData = awaitsData;
    }

    Namespace namespace() {
        return namespace;
    }

    boolean isTailable() {
        return tailable;
    }

    boolean awaitsData() {
        return awaitsData;
    }

    void kill() {
        killed = true;
    }

    boolean isKilled() {
        return killed;
    }

    /** In {@link System#nanoTime} units. */
    long lastUse() {
        return lastUse;
    }

    /** One client at a time. */
    ReentrantLock inUse() {
        return inUse;
    }

    /** Makes sure that a document is at hand, if there is one. */
    boolean hasNext() {
        if (pending == null) {
            pending = documents.next();
        }
        return pending != null;
    }

    /** Adds up to {@code most} documents to the array that {@code out} has open; true when more follow. */
    boolean fill(Writer out, long most) {
        lastUse = System.nanoTime();
        int start = out.length();
        for (long count = 0; count < most; count++) {
            if (!hasNext()) {
                return tailable;
            }
            Value next = pending;
            if (next == null || (count > 0 && out.length() - start + next.length() > MAX_BATCH_BYTES)) {
                return true;
            }
            out.add(next);
            pending = null;
        }
        return tailable || hasNext();
    }
}
