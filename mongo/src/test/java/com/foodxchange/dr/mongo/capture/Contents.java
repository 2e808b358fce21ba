package com.foodxchange.dr.mongo.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.merge.Merge;
import com.foodxchange.dr.mongo.merge.MergeRequest;
import com.foodxchange.dr.mongo.merge.MergedState;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** What collections are and what is in them, of a live server or of a merged capture, ready to be compared. */
public record Contents(Map<String, CollectionSpec> specs, Map<String, ContentHash.Value> contents) {
    /** What is in the database now, which nobody may write to meanwhile. */
    public static Contents of(Deployment deployment, MongoDatabase database) throws InterruptedException {
        Map<String, CollectionSpec> specs = new TreeMap<>();
        Map<String, ContentHash.Value> contents = new TreeMap<>();
        for (CollectionSpec spec :
                new CatalogReader(deployment).read(Set.of(database.getName())).collections()) {
            String name = spec.namespace().toString();
            specs.put(name, comparable(spec));
            if (spec.type() == CollectionSpec.Type.COLLECTION) {
                ContentHash hash = new ContentHash();
                for (RawBsonDocument document : database.withReadPreference(ReadPreference.primary())
                        .getCollection(spec.namespace().collection(), RawBsonDocument.class)
                        .find()) {
                    byte[] bytes = new byte[document.getByteBuffer().remaining()];
                    document.getByteBuffer().get(bytes);
                    hash.add(bytes, 0, bytes.length);
                }
                contents.put(name, hash.value());
            }
        }
        return new Contents(specs, contents);
    }

    /** What the capture comes to when its oplog and the slices are merged into it; findings are not expected. */
    public static Contents merged(
            FullCapture.Result result, ChunkSink sink, List<DumpSource> slices, Set<String> databases, Path spill)
            throws IOException, InterruptedException {
        OpTime scanFrom = result.oplog() == null ? null : result.oplog().scanFrom();
        OpTime to = result.oplog() == null ? null : result.oplog().to();
        MergeRequest request = new MergeRequest(sink.dump(), scanFrom, to, slices, null, databases, spill, 16 << 20);
        Map<String, CollectionSpec> specs = new TreeMap<>();
        Map<String, ContentHash.Value> contents = new TreeMap<>();
        try (MergedState merged = Merge.open(request)) {
            for (CollectionContent content : merged.contents()) {
                String name = content.spec().namespace().toString();
                specs.put(name, comparable(content.spec()));
                if (content.spec().type() == CollectionSpec.Type.COLLECTION) {
                    ContentHash hash = new ContentHash();
                    content.forEach(hash::add);
                    contents.put(name, hash.value());
                }
            }
            assertThat(merged.findings()).isEmpty();
        }
        return new Contents(specs, contents);
    }

    /** The order in which indexes were built gets lost while a scan goes on. */
    private static CollectionSpec comparable(CollectionSpec spec) {
        List<BsonDocument> indexes = spec.indexes().stream()
                .sorted(Comparator.comparing(index -> index.getString("name")))
                .toList();
        return new CollectionSpec(spec.namespace(), spec.type(), spec.uuid(), spec.options(), indexes);
    }
}
