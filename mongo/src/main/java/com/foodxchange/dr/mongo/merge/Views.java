package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.bson.BsonBuffer;
import com.foodxchange.dr.mongo.bson.UpdateApplier;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.util.List;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Views as the oplog knows them: documents of {@code <db>.system.views} with the view's full name as {@code _id}. A
 * time-series collection (before 8.3) is such a view too, on its buckets.
 */
final class Views {
    private static final String ID = "_id";
    private static final String VIEW_ON = "viewOn";

    private final Catalog catalog;
    private final UpdateApplier updates = new UpdateApplier();

    Views(Catalog catalog) {
        this.catalog = catalog;
    }

    static boolean isViews(String namespace) {
        return namespace.endsWith("." + Coverage.VIEWS);
    }

    /** Takes an insert, update or delete in {@code system.views}. */
    void apply(OplogEntry entry) {
        switch (entry.op()) {
            case 'i' -> put(entry.command());
            case 'u' -> update(entry);
            case 'd' -> catalog.views().remove(name(entry.command()));
            default -> {}
        }
    }

    private static Namespace name(BsonDocument definition) {
        return Namespace.parse(definition.getString(ID).getValue());
    }

    private void put(BsonDocument definition) {
        Namespace name = name(definition);
        BsonDocument options = new BsonDocument();
        definition.forEach((key, value) -> {
            if (!key.equals(ID)) {
                options.put(key, value);
            }
        });
        boolean timeSeries =
                definition.getString(VIEW_ON, new BsonString("")).getValue().startsWith(Coverage.BUCKETS);
        CollectionSpec.Type type = timeSeries ? CollectionSpec.Type.TIMESERIES : CollectionSpec.Type.VIEW;
        catalog.views()
                .put(name, new CollectionSpec(name, type, null, timeSeries ? new BsonDocument() : options, List.of()));
    }

    private void update(OplogEntry entry) {
        byte[] buffer = entry.buffer();
        if (updates.isReplacement(buffer, entry.object())) {
            put(entry.command());
            return;
        }
        BsonDocument target = entry.object2Document();
        @Nullable CollectionSpec view = catalog.views().get(name(target));
        if (view == null) {
            return;
        }
        BsonDocument definition = new BsonDocument(ID, target.get(ID));
        definition.putAll(view.options());
        BsonBuffer changed = new BsonBuffer(512);
        updates.apply(encode(definition), 0, buffer, entry.object(), changed);
        put(new RawBsonDocument(changed.toByteArray()));
    }

    private static byte[] encode(BsonDocument document) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(out),
                        document,
                        EncoderContext.builder().build());
        return out.toByteArray();
    }
}
