/** A connection to a deployment: what it is, which member is read from, what its errors mean. */
@NullMarked
package com.foodxchange.dr.mongo.deployment;

import org.jspecify.annotations.NullMarked;
