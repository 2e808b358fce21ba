package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.DocumentConsumer;
import com.foodxchange.dr.mongo.bson.BsonBuffer;
import com.foodxchange.dr.mongo.bson.IdKey;
import com.foodxchange.dr.mongo.bson.UpdateApplier;
import com.foodxchange.dr.mongo.dump.DocumentReader;
import com.foodxchange.dr.mongo.dump.DumpSource;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The documents of a collection: those of the base as they pass by, changed, and then the new ones. */
final class MergedContent implements CollectionContent {
    private final CollectionSpec spec;
    private final DumpSource base;
    private final @Nullable String basePath;
    private final ChangeTable changes;
    private final Anomalies anomalies;

    MergedContent(
            CollectionSpec spec, DumpSource base, @Nullable String basePath, ChangeTable changes, Anomalies anomalies) {
        this.spec = spec;
        this.base = base;
        this.basePath = basePath;
        this.changes = changes;
        this.anomalies = anomalies;
    }

    @Override
    public CollectionSpec spec() {
        return spec;
    }

    @Override
    public long expectedBytes() {
        return (basePath == null ? 0 : base.size(basePath)) + changes.putBytes();
    }

    @Override
    public void forEach(DocumentConsumer consumer) throws IOException, InterruptedException {
        if (spec.capped() && changes.size() > 0) {
            CappedWindow window = new CappedWindow(spec.options());
            new Pass(window::count).run();
            new Pass(window.newest(consumer)).run();
        } else {
            new Pass(consumer).run();
        }
    }

    /** One reading of the collection. */
    private final class Pass {
        private final DocumentConsumer consumer;
        private final BitSet done = new BitSet(changes.ordinals());
        private final IdKey key = new IdKey();
        private final UpdateApplier updates = new UpdateApplier();
        private BsonBuffer current = new BsonBuffer(4096);
        private BsonBuffer next = new BsonBuffer(4096);
        private long missed = changes.missedUpdates();

        Pass(DocumentConsumer consumer) {
            this.consumer = consumer;
        }

        void run() throws IOException, InterruptedException {
            if (basePath != null) {
                try (DocumentReader documents = new DocumentReader(base.open(basePath))) {
                    while (documents.next()) {
                        pass(documents.buffer(), documents.offset(), documents.length());
                    }
                }
            }
            changes.forEachHead(this::finish);
            anomalies.set(
                    spec.namespace().toString(),
                    "updates did not find their document, or not in the form that they change",
                    missed);
        }

        /** A document of the base. */
        private void pass(byte[] buffer, int offset, int length) throws IOException, InterruptedException {
            long head = changes.size() > 0 && key.readFrom(buffer, offset) ? changes.find(key) : ChangeTable.NONE;
            if (head == ChangeTable.NONE) {
                consumer.accept(buffer, offset, length);
                return;
            }
            switch (changes.kind(head)) {
                case PUT -> {
                    // what was inserted again stands where the insertion was, which only natural order shows
                    if (!(spec.capped() && changes.inserted(head)) && markDone(head)) {
                        deliver(head);
                    }
                }
                case PATCH -> {
                    done.set(changes.ordinal(head));
                    deliverPatched(head, buffer, offset, length);
                }
                case REMOVE, DEAD -> {}
            }
        }

        private boolean markDone(long head) {
            int ordinal = changes.ordinal(head);
            boolean first = !done.get(ordinal);
            done.set(ordinal);
            return first;
        }

        /** A change whose document the base did not have. */
        private void finish(long head) throws IOException, InterruptedException {
            if (done.get(changes.ordinal(head))) {
                return;
            }
            switch (changes.kind(head)) {
                case PUT -> deliver(head);
                case PATCH -> missed += changes.mustMatch(head) ? 1 : 0;
                case REMOVE, DEAD -> {}
            }
        }

        private void deliver(long head) throws IOException, InterruptedException {
            current.clear();
            changes.copyDocument(head, current);
            consumer.accept(current.array(), 0, current.length());
        }

        private void deliverPatched(long head, byte[] buffer, int offset, int length)
                throws IOException, InterruptedException {
            current.clear();
            current.append(buffer, offset, length);
            boolean fits = true;
            for (byte[] patch : changes.patches(head)) {
                next.clear();
                fits &= updates.apply(current.array(), 0, patch, 0, next);
                BsonBuffer applied = next;
                next = current;
                current = applied;
            }
            missed += !fits && changes.mustMatch(head) ? 1 : 0;
            consumer.accept(current.array(), 0, current.length());
        }
    }
}
