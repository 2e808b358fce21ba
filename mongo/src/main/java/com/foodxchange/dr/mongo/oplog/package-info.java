/** The oplog: its entries, and following it without a gap. */
@NullMarked
package com.foodxchange.dr.mongo.oplog;

import org.jspecify.annotations.NullMarked;
