package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DocumentConsumer;
import com.foodxchange.dr.mongo.Namespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** A collection whose documents lie in memory. */
record MemoryContent(CollectionSpec spec, List<byte[]> documents) implements CollectionContent {
    static final BsonDocument ID_INDEX = BsonDocument.parse("{v: 2, key: {_id: 1}, name: '_id_'}");

    static MemoryContent of(String namespace, BsonDocument... documents) {
        return of(namespace, Arrays.asList(documents));
    }

    static MemoryContent of(String namespace, List<BsonDocument> documents) {
        return new MemoryContent(
                collection(namespace, "{}"),
                documents.stream().map(MemoryContent::encode).toList());
    }

    /** A view, or a time-series collection without its buckets. */
    static MemoryContent withoutDocuments(String namespace, CollectionSpec.Type type, String options) {
        return new MemoryContent(
                new CollectionSpec(Namespace.parse(namespace), type, null, BsonDocument.parse(options), List.of()),
                List.of());
    }

    static CollectionSpec collection(String namespace, String options, String... indexes) {
        List<BsonDocument> all = new ArrayList<>(List.of(ID_INDEX));
        Arrays.stream(indexes).map(BsonDocument::parse).forEach(all::add);
        return new CollectionSpec(
                Namespace.parse(namespace),
                CollectionSpec.Type.COLLECTION,
                null,
                BsonDocument.parse(options),
                List.copyOf(all));
    }

    MemoryContent with(String options, String... indexes) {
        return new MemoryContent(collection(spec.namespace().toString(), options, indexes), documents);
    }

    static byte[] encode(BsonDocument document) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
        }
        return out.toByteArray();
    }

    ContentHash.Value hash() {
        ContentHash hash = new ContentHash();
        documents.forEach(document -> hash.add(document, 0, document.length));
        return hash.value();
    }

    @Override
    public long expectedBytes() {
        return documents.stream().mapToLong(document -> document.length).sum();
    }

    @Override
    public void forEach(DocumentConsumer consumer) throws IOException, InterruptedException {
        for (byte[] document : documents) {
            consumer.accept(document, 0, document.length);
        }
    }
}
