package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Namespace;

/** Hears how far a restore is. Called often and from many threads at the same time: has to be cheap and thread-safe. */
public interface RestoreProgress {
    /** The steps of a restore, in their order. */
    enum Phase {
        PLAN,
        CREATE,
        LOAD,
        SWAP,
        VIEWS,
        USERS,
        COMPARE
    }

    /** Hears nothing. */
    static RestoreProgress none() {
        return new RestoreProgress() {};
    }

    /** A step begins. */
    default void phase(Phase phase) {}

    /** A collection begins to load; {@code expectedBytes} is about how much it holds. */
    default void started(Namespace namespace, long expectedBytes) {}

    /** The target has acknowledged more documents of a collection. */
    default void inserted(Namespace namespace, long documents, long bytes) {}

    /** More documents of a collection were read back from the target. */
    default void verified(Namespace namespace, long documents, long bytes) {}

    /** A collection is loaded, read back and indexed. */
    default void finished(Namespace namespace) {}
}
