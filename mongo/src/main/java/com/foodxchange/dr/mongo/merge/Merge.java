package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.ChunkStream;
import com.foodxchange.dr.mongo.dump.DocumentReader;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Joins a base and the oplog after it <em>before</em> anything is sent anywhere, so that each document is handled once,
 * in its final form. First every entry is read, in order, and what it makes of each document is kept; then each
 * collection of the base streams past and takes what was kept for it.
 */
public final class Merge {
    private final MergeRequest request;
    private final EntryApplier applier;
    private final Catalog catalog;
    private final Anomalies anomalies = new Anomalies();
    private long lastTs;
    private long entries;

    private Merge(MergeRequest request, SpillStore store) {
        this.request = request;
        this.catalog = new Catalog(store);
        this.applier = new EntryApplier(catalog, store, anomalies, request.databases());
    }

    /**
     * Reads the oplog and prepares the state at the target.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException UNKNOWN_ENTRY for an entry that nobody can replay, CORRUPT for
     *     bytes that are not what they have to be
     */
    public static MergedState open(MergeRequest request) throws IOException, InterruptedException {
        SpillStore store = new SpillStore(request.spillDirectory(), request.memoryBytes());
        try {
            return new Merge(request, store).run(store);
        } catch (IOException | InterruptedException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private MergedState run(SpillStore store) throws IOException, InterruptedException {
        readCatalog();
        boolean more = readOplog(request.base());
        for (DumpSource slice : request.slices()) {
            more = more && readOplog(slice);
        }
        BsonTimestamp appliedTo = entries == 0 ? null : new BsonTimestamp(lastTs);
        return new MergedState(contents(), appliedTo, entries, anomalies, store);
    }

    private void readCatalog() throws IOException, InterruptedException {
        DumpSource base = request.base();
        Set<String> paths = new HashSet<>(base.paths());
        for (String path : base.paths()) {
            if (DumpLayout.isMetadata(path)) {
                catalog.addBase(DumpLayout.parseMetadata(path, readText(base, path)), paths);
            }
        }
    }

    private static String readText(DumpSource source, String path) throws IOException, InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ChunkStream chunks = source.open(path)) {
            for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                text.writeBytes(chunk);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Reads the oplog of one dump tree; false when an entry after the target was met. */
    private boolean readOplog(DumpSource source) throws IOException, InterruptedException {
        if (!source.paths().contains(DumpLayout.OPLOG)) {
            return true;
        }
        OplogEntry entry = new OplogEntry();
        try (DocumentReader documents = new DocumentReader(source.open(DumpLayout.OPLOG))) {
            while (documents.next()) {
                entry.open(documents.buffer(), documents.offset());
                if (isAfter(entry.ts(), request.target())) {
                    return false;
                }
                // what was delivered before, in an overlapping slice or twice, is known by its place
                if (Long.compareUnsigned(entry.ts(), lastTs) > 0) {
                    lastTs = entry.ts();
                    entries++;
                    applier.apply(entry, phase(entry.ts()));
                }
            }
        }
        return true;
    }

    private static boolean isAfter(long ts, @Nullable BsonTimestamp limit) {
        return limit != null && Long.compareUnsigned(ts, limit.getValue()) > 0;
    }

    private Phase phase(long ts) {
        if (!isAfter(ts, timestamp(request.scanFrom())) && request.scanFrom() != null) {
            return Phase.BEFORE_SCAN;
        }
        boolean after = request.consistentAt() == null || isAfter(ts, timestamp(request.consistentAt()));
        return after ? Phase.AFTER_SCAN : Phase.DURING_SCAN;
    }

    private static @Nullable BsonTimestamp timestamp(@Nullable OpTime time) {
        return time == null ? null : time.ts();
    }

    private List<CollectionContent> contents() {
        List<CollectionContent> contents = new ArrayList<>();
        for (CollectionState state : catalog.all()) {
            CollectionSpec spec = new CollectionSpec(
                    state.namespace(),
                    CollectionSpec.Type.COLLECTION,
                    state.uuid(),
                    state.options(),
                    List.copyOf(state.indexes().values()));
            contents.add(new MergedContent(spec, request.base(), state.basePath(), state.changes(), anomalies));
        }
        for (CollectionSpec view : catalog.views().values()) {
            contents.add(new ViewContent(complete(view)));
        }
        contents.sort(Comparator.comparing(content -> content.spec().namespace()));
        return contents;
    }

    /** A time-series collection has its options from its buckets. */
    private CollectionSpec complete(CollectionSpec view) {
        Namespace buckets = Catalog.buckets(view.namespace());
        CollectionState state = view.type() == CollectionSpec.Type.TIMESERIES ? catalog.find(buckets, false) : null;
        if (state == null || !state.options().containsKey("timeseries")) {
            return view;
        }
        BsonDocument options = new BsonDocument();
        for (String name : List.of("timeseries", "expireAfterSeconds", "collation")) {
            if (state.options().containsKey(name)) {
                options.put(name, state.options().get(name));
            }
        }
        return new CollectionSpec(view.namespace(), view.type(), state.uuid(), options, view.indexes());
    }
}
