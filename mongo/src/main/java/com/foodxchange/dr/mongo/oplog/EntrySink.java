package com.foodxchange.dr.mongo.oplog;

import com.foodxchange.dr.mongo.OpTime;
import java.io.IOException;

/** Takes oplog entries in order. Not thread-safe: one thread at a time calls it. */
@FunctionalInterface
public interface EntrySink {
    /** The entry lies in {@code buffer[offset, offset + length)} and is valid only during the call. */
    void accept(byte[] buffer, int offset, int length, OpTime at) throws IOException, InterruptedException;
}
