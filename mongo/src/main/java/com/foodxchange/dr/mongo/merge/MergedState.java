package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.Finding;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** The state of a deployment at a moment, ready to be read. Thread-safe; close it to give memory and disk back. */
public final class MergedState implements Closeable {
    private final List<CollectionContent> contents;
    private final @Nullable BsonTimestamp appliedTo;
    private final long entries;
    private final Anomalies anomalies;
    private final SpillStore store;

    MergedState(
            List<CollectionContent> contents,
            @Nullable BsonTimestamp appliedTo,
            long entries,
            Anomalies anomalies,
            SpillStore store) {
        this.contents = List.copyOf(contents);
        this.appliedTo = appliedTo;
        this.entries = entries;
        this.anomalies = anomalies;
        this.store = store;
    }

    /** Every collection and view of that moment, sorted by namespace; views have no documents. */
    public List<CollectionContent> contents() {
        return contents;
    }

    /** The last entry that counted; null when there was none. */
    public @Nullable BsonTimestamp appliedTo() {
        return appliedTo;
    }

    /** How many oplog entries were applied. */
    public long entries() {
        return entries;
    }

    /** Bytes of changes that went to the disk because they did not fit in memory. */
    public long spilledBytes() {
        return store.spilled();
    }

    /** What was odd; complete only when every content has been read. */
    public List<Finding> findings() {
        return anomalies.findings();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
