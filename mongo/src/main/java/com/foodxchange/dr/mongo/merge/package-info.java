/** A base and the changes after it, joined into the state at a moment. */
@NullMarked
package com.foodxchange.dr.mongo.merge;

import org.jspecify.annotations.NullMarked;
