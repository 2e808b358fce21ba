/** How data leaves a MongoDB deployment and returns to it: capture, oplog, merge, restore. */
@NullMarked
package com.foodxchange.dr.mongo;

import org.jspecify.annotations.NullMarked;
