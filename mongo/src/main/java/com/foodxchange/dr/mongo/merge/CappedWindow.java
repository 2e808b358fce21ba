package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.DocumentConsumer;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/**
 * The documents that a capped collection keeps: the longest run of the newest ones that fits its size and its maximum
 * number. The server drops the oldest by itself and writes nothing about it into the oplog.
 */
final class CappedWindow {
    private final long maximumBytes;
    private final long maximumCount;
    private long bytes;
    private long count;

    CappedWindow(BsonDocument options) {
        maximumBytes = number(options, "size");
        maximumCount = number(options, "max");
    }

    /** An option that is absent or not positive sets no limit. */
    private static long number(BsonDocument options, String name) {
        long value = options.getNumber(name, new BsonInt64(0)).longValue();
        return value > 0 ? value : Long.MAX_VALUE;
    }

    /** Counts a document, of all that there would be without the limits. */
    void count(byte[] buffer, int offset, int length) {
        bytes += length;
        count++;
    }

    /** Lets pass what is left when the oldest of those counted are dropped until the rest fits. */
    DocumentConsumer newest(DocumentConsumer consumer) {
        return (buffer, offset, length) -> {
            if (bytes > maximumBytes || count > maximumCount) {
                bytes -= length;
                count--;
            } else {
                consumer.accept(buffer, offset, length);
            }
        };
    }
}
