/** How data leaves a deployment: full scans and oplog slices. */
@NullMarked
package com.foodxchange.dr.mongo.capture;

import org.jspecify.annotations.NullMarked;
