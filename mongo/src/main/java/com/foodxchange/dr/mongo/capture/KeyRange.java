package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.bson.BsonBuffer;
import com.foodxchange.dr.mongo.bson.BsonCursor;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an index on {@code _id}. The ends are given as {@code min} and {@code max} of a find, which follow the
 * order of the index over values of all types, as {@code $gte} and {@code $lt} do not.
 *
 * @param from {@code {_id: value}}, included; null for the beginning
 * @param to {@code {_id: value}}, not included; null for the end
 */
record KeyRange(@Nullable BsonDocument from, @Nullable BsonDocument to) {
    static final KeyRange ALL = new KeyRange(null, null);

    private static final byte[] ID = {'_', 'i', 'd'};

    /** {@code {_id: value}} of the document at that place, in bytes of its own. */
    static BsonDocument key(byte[] buffer, int offset) {
        BsonCursor fields = new BsonCursor(buffer, offset);
        if (!fields.find(ID)) {
            throw BsonCursor.corrupt("a document without an _id in a collection with an index on it");
        }
        BsonBuffer key = new BsonBuffer(64);
        int start = key.startDocument();
        key.append(buffer, fields.elementOffset(), fields.valueEnd() - fields.elementOffset());
        key.endDocument(start);
        return new RawBsonDocument(key.array(), 0, key.length());
    }
}
