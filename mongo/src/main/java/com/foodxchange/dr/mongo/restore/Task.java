package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.Target.Existing;
import org.jspecify.annotations.Nullable;

/**
 * One collection or view and what is to happen to it.
 *
 * @param rank its place in the order of importance
 * @param existing what of the target has that name now
 */
record Task(
        int rank,
        CollectionContent content,
        RestorePlan.Action action,
        Way way,
        @Nullable Existing existing) {
    /** How a collection gets to its place. */
    enum Way {
        /** Loaded under a temporary name, proven, then renamed: what was there stays until then. */
        SWAP,
        /** Loaded under its own name after what was there is gone, because the server cannot rename it. */
        IN_PLACE,
        /** Created; has no documents. */
        VIEW,
        /** A time-series collection that comes into being with its buckets, which are another task. */
        WITH_BUCKETS,
        /** Loaded under a temporary name and merged by the server. */
        AUTHORIZATION,
        /** Nothing happens. */
        SKIP
    }

    CollectionSpec spec() {
        return content.spec();
    }

    Namespace namespace() {
        return content.spec().namespace();
    }

    boolean replaces() {
        return action == RestorePlan.Action.REPLACE;
    }
}
