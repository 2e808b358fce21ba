/** How fast backup and restore are on somebody's own machine and server, beside the raw limits and today's tools. */
@NullMarked
package com.foodxchange.dr.cli.bench;

import org.jspecify.annotations.NullMarked;
