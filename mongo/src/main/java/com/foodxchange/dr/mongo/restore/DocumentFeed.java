package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.DocumentConsumer;
import com.foodxchange.dr.mongo.bson.BsonCursor;
import java.io.IOException;

/** Reads a collection's content and sends it on in batches. Not thread-safe. */
final class DocumentFeed implements DocumentConsumer {
    /** The largest document that a server stores. */
    private static final int LARGEST = 16 * 1024 * 1024;
    /** BSONObjectTooLarge. */
    private static final int TOO_LARGE = 10334;

    private final Loading loading;
    private final Writers writers;
    private final BsonCursor cursor = new BsonCursor();
    private InsertBatch batch;

    private DocumentFeed(Loading loading, Writers writers) {
        this.loading = loading;
        this.writers = writers;
        this.batch = writers.open(loading);
    }

    /** Returns when everything is on its way. */
    static void run(CollectionContent content, Loading loading, Writers writers)
            throws IOException, InterruptedException {
        DocumentFeed feed = new DocumentFeed(loading, writers);
        content.forEach(feed);
        feed.flush();
    }

    @Override
    public void accept(byte[] buffer, int offset, int length) throws InterruptedException {
        loading.delivered(buffer, offset, length);
        if (length > LARGEST) {
            loading.refused(buffer, offset, length, TOO_LARGE, "it is larger than 16 MiB");
            return;
        }
        if (batch.isFullFor(length)) {
            flush();
            batch = writers.open(loading);
        }
        batch.add(buffer, offset, length);
        if (EmptyTimestamps.isIn(cursor, buffer, offset)) {
            batch.markEmptyTimestamp();
        }
    }

    private void flush() throws InterruptedException {
        if (!batch.isEmpty()) {
            writers.send(loading, batch);
        }
    }
}
