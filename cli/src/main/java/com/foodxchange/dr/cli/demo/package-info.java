/** The demonstration: a marketplace's data, a writer that remembers what it wrote, a disaster, and the way back. */
@NullMarked
package com.foodxchange.dr.cli.demo;

import org.jspecify.annotations.NullMarked;
