package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.bson.BsonCursor;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A server replaces {@code Timestamp(0, 0)} by the current time in the top level of what is inserted. Newer ones can be
 * told not to ({@code bypassEmptyTsReplacement}); on older ones the document is put right afterwards by an update with a
 * pipeline, which they leave alone. Thread-safe.
 */
final class EmptyTimestamps {
    private static final byte[] ID = {'_', 'i', 'd'};

    private final Target target;
    private volatile boolean bypassKnown = true;

    EmptyTimestamps(Target target) {
        this.target = target;
    }

    /** Whether the server would change the document. */
    static boolean isIn(BsonCursor cursor, byte[] buffer, int offset) {
        cursor.open(buffer, offset);
        while (cursor.next()) {
            if (cursor.type() == BsonCursor.TIMESTAMP && cursor.int64() == 0 && !cursor.nameIs(ID)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the server can be told to keep them; true until it refused. */
    boolean canBypass() {
        return bypassKnown;
    }

    void bypassIsUnknown() {
        bypassKnown = false;
    }

    /** Puts the documents of a batch right that the server has changed. */
    void repair(Namespace place, InsertBatch batch) throws InterruptedException {
        BsonCursor cursor = new BsonCursor();
        for (int index = 0; index < batch.count(); index++) {
            if (batch.hasEmptyTimestamp(cursor, index)) {
                repair(place, batch.document(index));
            }
        }
    }

    private void repair(Namespace place, BsonDocument document) throws InterruptedException {
        BsonValue id = document.get("_id");
        BsonDocument replacement =
                new BsonDocument("$replaceRoot", new BsonDocument("newRoot", new BsonDocument("$literal", document)));
        BsonDocument update = new BsonDocument("q", new BsonDocument("_id", new BsonDocument("$eq", id)))
                .append("u", new BsonArray(List.of(replacement)));
        BsonDocument command = new BsonDocument("update", new BsonString(place.collection()))
                .append("updates", new BsonArray(List.of(update)))
                .append("bypassDocumentValidation", BsonBoolean.TRUE)
                .append("writeConcern", target.majority());
        // what it could not repair is found when the collection is read back
        target.ask(place.database(), command, "keeping the empty timestamps of " + place);
    }
}
