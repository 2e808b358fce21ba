/** What we do with backups: take, restore, export and verify them. */
@NullMarked
package com.foodxchange.dr.recovery;

import org.jspecify.annotations.NullMarked;
