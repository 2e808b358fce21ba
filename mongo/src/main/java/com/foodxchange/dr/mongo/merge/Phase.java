package com.foodxchange.dr.mongo.merge;

/** Where an oplog entry stands to the scan that made the base. */
enum Phase {
    /** The base has it already; only transactions that go on afterwards matter. */
    BEFORE_SCAN,
    /** The base may have it, or a later state: what misses its target is no error. */
    DURING_SCAN,
    /** The base does not have it: what misses its target is an error. */
    AFTER_SCAN
}
