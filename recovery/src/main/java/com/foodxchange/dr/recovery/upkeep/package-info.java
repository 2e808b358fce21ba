/** Looking after backups: checking them, and forgetting old ones. */
@NullMarked
package com.foodxchange.dr.recovery.upkeep;

import org.jspecify.annotations.NullMarked;
