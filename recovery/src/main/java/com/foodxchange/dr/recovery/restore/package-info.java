/** Bringing a moment back, into a deployment or a folder. */
@NullMarked
package com.foodxchange.dr.recovery.restore;

import org.jspecify.annotations.NullMarked;
