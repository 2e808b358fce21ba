/** Benchmarks, measured side by side with the tools that people use today. */
@NullMarked
package com.foodxchange.dr.acceptance;

import org.jspecify.annotations.NullMarked;
