/** How results are shown: tables, units, progress for people; JSON for programs. */
@NullMarked
package com.foodxchange.dr.cli.output;

import org.jspecify.annotations.NullMarked;
