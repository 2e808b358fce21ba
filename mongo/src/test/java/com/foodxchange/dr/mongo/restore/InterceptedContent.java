package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.DocumentConsumer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A content that does something else once, when so many of its documents have been delivered. */
record InterceptedContent(CollectionContent original, int after, Event event, AtomicBoolean done)
        implements CollectionContent {
    /** What happens. */
    @FunctionalInterface
    interface Event {
        void happen() throws IOException, InterruptedException;
    }

    InterceptedContent(CollectionContent original, int after, Event event) {
        this(original, after, event, new AtomicBoolean());
    }

    @Override
    public CollectionSpec spec() {
        return original.spec();
    }

    @Override
    public long expectedBytes() {
        return original.expectedBytes();
    }

    @Override
    public void forEach(DocumentConsumer consumer) throws IOException, InterruptedException {
        int[] delivered = new int[1];
        original.forEach((buffer, offset, length) -> {
            if (delivered[0]++ == after && done.compareAndSet(false, true)) {
                event.happen();
            }
            consumer.accept(buffer, offset, length);
        });
    }
}
