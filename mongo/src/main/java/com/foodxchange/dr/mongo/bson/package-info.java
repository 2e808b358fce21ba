/** BSON as bytes: walking, comparing and changing documents without decoding them. */
@NullMarked
package com.foodxchange.dr.mongo.bson;

import org.jspecify.annotations.NullMarked;
