package com.foodxchange.dr.mongo;

import java.io.IOException;

/** Takes documents one by one. Not thread-safe: one thread at a time calls it. */
@FunctionalInterface
public interface DocumentConsumer {
    /** The document lies in {@code buffer[offset, offset + length)} and is valid only during the call. */
    void accept(byte[] buffer, int offset, int length) throws IOException, InterruptedException;
}
