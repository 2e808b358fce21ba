/** The layout that mongodump writes and mongorestore reads: file names, metadata, trees of files. */
@NullMarked
package com.foodxchange.dr.mongo.dump;

import org.jspecify.annotations.NullMarked;
