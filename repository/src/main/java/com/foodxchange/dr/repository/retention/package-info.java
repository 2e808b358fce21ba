/** Which snapshots to keep and why: policy, chains of incrementals, and the plan that follows from both. */
@NullMarked
package com.foodxchange.dr.repository.retention;

import org.jspecify.annotations.NullMarked;
