package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.capture.FullCapture.CapturedCollection;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** A collection while it is read, stretch by stretch, by several threads. Thread-safe. */
final class CollectionScan {
    /** In what order documents are read, and by what means reading goes on after a failure. */
    enum Order {
        /** By the index on {@code _id}, from a key on. */
        BY_ID,
        /** A clustered collection lies in the order of its {@code _id}. */
        CLUSTERED,
        /** Capped collections, and those without an index on {@code _id}. */
        NATURAL
    }

    private final ScanContext context;
    private final CollectionSpec spec;
    private final Namespace data;
    private final Order order;
    private final @Nullable String idIndex;
    private final ContentHash hash = new ContentHash();
    private volatile String currentName;
    private DumpSink.@Nullable File file;
    private int unread;
    private long chunks;

    CollectionScan(ScanContext context, CollectionSpec spec) {
        this.context = context;
        this.spec = spec;
        this.data = spec.type() == CollectionSpec.Type.TIMESERIES
                ? new Namespace(
                        spec.namespace().database(),
                        Coverage.BUCKETS + spec.namespace().collection())
                : spec.namespace();
        this.currentName = data.collection();
        this.idIndex = idIndex(spec);
        this.order = orderOf(spec, idIndex);
    }

    private static Order orderOf(CollectionSpec spec, @Nullable String idIndex) {
        if (spec.capped()) {
            return Order.NATURAL;
        }
        // Buckets of a time series are clustered, which the options of the series do not say.
        if (spec.type() == CollectionSpec.Type.TIMESERIES || spec.options().containsKey("clusteredIndex")) {
            return Order.CLUSTERED;
        }
        return idIndex == null ? Order.NATURAL : Order.BY_ID;
    }

    private static @Nullable String idIndex(CollectionSpec spec) {
        for (BsonDocument index : spec.indexes()) {
            BsonDocument key = index.getDocument("key");
            if (key.size() == 1 && key.isNumber("_id") && index.isString("name")) {
                return index.getString("name").getValue();
            }
        }
        return null;
    }

    CollectionSpec spec() {
        return spec;
    }

    Namespace namespace() {
        return spec.namespace();
    }

    Order order() {
        return order;
    }

    String database() {
        return data.database();
    }

    /** The name that the collection has now. */
    String currentName() {
        return currentName;
    }

    /** A command on the collection under its present name, with a read concern. */
    BsonDocument command(String name) {
        return context.withReadConcern(new BsonDocument(name, new BsonString(currentName)));
    }

    String idIndex() {
        return Objects.requireNonNull(idIndex);
    }

    /** Whether the collection of that name is still the one that was listed, and not another one. */
    boolean isCalled(String name) throws InterruptedException {
        if (spec.uuid() == null) {
            return true;
        }
        BsonDocument filter = new BsonDocument("name", new BsonString(name));
        return CatalogReader.listCollections(context.deployment(), database(), filter).stream()
                .anyMatch(there -> CatalogReader.name(there).equals(name)
                        && Objects.equals(CatalogReader.uuid(there), spec.uuid()));
    }

    /** Looks for the collection under another name; false when it is there no more. */
    boolean findAgain() throws InterruptedException {
        for (BsonDocument other : CatalogReader.listCollections(context.deployment(), database(), new BsonDocument())) {
            UUID uuid = CatalogReader.uuid(other);
            if (uuid != null && uuid.equals(spec.uuid())) {
                currentName = CatalogReader.name(other);
                return true;
            }
        }
        return false;
    }

    /** Makes the files; the data in them comes from so many stretches. */
    synchronized void begin(DumpSink sink, int stretches) throws IOException {
        file = sink.create(DumpLayout.dataPath(data));
        unread = stretches;
    }

    void writeMetadata(DumpSink sink) throws IOException, InterruptedException {
        byte[] text = DumpLayout.metadata(spec).getBytes(StandardCharsets.UTF_8);
        try (DumpSink.Part part =
                sink.create(DumpLayout.metadataPath(namespace())).nextPart()) {
            part.write(text, text.length);
        }
    }

    synchronized DumpSink.Part nextPart() throws IOException {
        return Objects.requireNonNull(file).nextPart();
    }

    void finished(ChunkCutter stretch) {
        boolean complete;
        synchronized (this) {
            hash.add(stretch.hash());
            chunks += stretch.chunks();
            complete = --unread == 0;
        }
        if (complete) {
            context.progress().collectionFinished(namespace());
        }
    }

    synchronized CapturedCollection result() {
        return new CapturedCollection(spec, hash.value(), chunks);
    }
}
