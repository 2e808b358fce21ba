package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/** Records one after the other. Goes on after a pause whatever was written meanwhile. Not thread-safe. */
interface Scan {
    /** The next record, or null when there is none (for now, if the scan follows a growing collection). */
    Records.@Nullable Stored next();
}
