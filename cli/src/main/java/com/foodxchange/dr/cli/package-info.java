/** The dr command. */
@NullMarked
package com.foodxchange.dr.cli;

import org.jspecify.annotations.NullMarked;
