package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Namespace;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Says so when the server is about to delete restored documents again, because their time is over. */
final class Expiry {
    private final Target target;
    private final Findings findings;

    Expiry(Target target, Findings findings) {
        this.target = target;
        this.findings = findings;
    }

    /** Looks for a document that has expired by the index. */
    void report(Namespace place, Namespace subject, BsonDocument index) throws InterruptedException {
        long seconds = index.getNumber("expireAfterSeconds", new BsonInt64(0)).longValue();
        String field = index.getDocument("key").getFirstKey();
        long limit = System.currentTimeMillis() - TimeUnit.SECONDS.toMillis(seconds);
        BsonDocument command = new BsonDocument("find", new BsonString(place.collection()))
                .append(
                        "filter",
                        new BsonDocument(
                                field,
                                new BsonDocument("$lt", new BsonDateTime(limit))
                                        .append("$gt", new BsonDateTime(Long.MIN_VALUE))))
                .append("projection", new BsonDocument("_id", new BsonInt32(1)))
                .append("limit", new BsonInt32(1))
                .append("singleBatch", BsonBoolean.TRUE);
        BsonDocument reply = target.run(place.database(), command, "reading " + subject);
        if (!reply.getDocument("cursor").getArray("firstBatch").isEmpty()) {
            findings.note(
                    subject,
                    "holds documents that have expired; the server deletes them again by index '"
                            + IndexSpecs.name(index) + "'");
        }
    }
}
