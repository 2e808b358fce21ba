/** How data returns to a deployment, and the proof that it did. */
@NullMarked
package com.foodxchange.dr.mongo.restore;

import org.jspecify.annotations.NullMarked;
