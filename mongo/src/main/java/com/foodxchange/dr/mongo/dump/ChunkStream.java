package com.foodxchange.dr.mongo.dump;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes of one file in order, in pieces of any size. Not thread-safe. */
public interface ChunkStream extends Closeable {
    /** The next piece, which the caller owns, or null at the end. */
    byte @Nullable [] next() throws IOException, InterruptedException;
}
