/** Taking backups: full ones, slices, and following the oplog. */
@NullMarked
package com.foodxchange.dr.recovery.backup;

import org.jspecify.annotations.NullMarked;
