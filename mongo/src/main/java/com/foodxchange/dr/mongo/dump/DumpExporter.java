package com.foodxchange.dr.mongo.dump;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes collections as a mongodump tree, ready for mongorestore. */
public final class DumpExporter {
    private final DumpSink sink;

    public DumpExporter(DumpSink sink) {
        this.sink = sink;
    }

    /**
     * Writes data and metadata of every collection and the prelude.
     *
     * @param serverVersion of the server that the contents came from, such as {@code 8.0.4}
     * @return what was written
     */
    public Map<Namespace, ContentHash.Value> export(List<CollectionContent> contents, String serverVersion)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException(sink + serverVersion + contents);
    }
}
