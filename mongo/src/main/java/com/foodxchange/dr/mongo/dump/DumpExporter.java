package com.foodxchange.dr.mongo.dump;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes collections as a mongodump tree, ready for mongorestore. */
public final class DumpExporter {
    private static final String BUCKETS = "system.buckets.";

    private final DumpSink sink;

    public DumpExporter(DumpSink sink) {
        this.sink = sink;
    }

    /**
     * Writes the prelude and every collection's data and metadata.
     *
     * @param serverVersion of the server that the contents came from, such as {@code 8.0.4}; mongorestore decides by it
     * @return what was written; views are not among it
     */
    public Map<Namespace, ContentHash.Value> export(List<CollectionContent> contents, String serverVersion)
            throws IOException, InterruptedException {
        writeText(DumpLayout.PRELUDE, DumpLayout.prelude(serverVersion));
        Map<Namespace, ContentHash.Value> written = new LinkedHashMap<>();
        for (CollectionContent content : contents) {
            CollectionSpec spec = content.spec();
            if (spec.type() != CollectionSpec.Type.VIEW) {
                written.put(spec.namespace(), writeData(content));
            }
            // The documents of a time series lie in its buckets, which mongodump describes with the series alone.
            if (!spec.namespace().collection().startsWith(BUCKETS)) {
                writeText(DumpLayout.metadataPath(spec.namespace()), DumpLayout.metadata(spec));
            }
        }
        return written;
    }

    private ContentHash.Value writeData(CollectionContent content) throws IOException, InterruptedException {
        CollectionSpec spec = content.spec();
        try (DocumentChunks chunks = new DocumentChunks(sink, DumpLayout.dataPath(spec.namespace()))) {
            if (spec.type() == CollectionSpec.Type.COLLECTION) {
                chunks.begin();
            }
            content.forEach(chunks);
            return chunks.finish();
        }
    }

    private void writeText(String path, String text) throws IOException, InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (DumpSink.Part part = sink.create(path).nextPart()) {
            part.write(bytes, bytes.length);
        }
    }
}
