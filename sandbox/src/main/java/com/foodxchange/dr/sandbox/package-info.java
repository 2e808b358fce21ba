/** A place to try: a MongoDB-compatible single-node replica set in this process. */
@NullMarked
package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.NullMarked;
