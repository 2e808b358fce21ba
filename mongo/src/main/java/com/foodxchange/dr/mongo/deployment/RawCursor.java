package com.foodxchange.dr.mongo.deployment;

import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.bson.Bytes;
import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A server's cursor, read batch by batch: the documents are looked at where they lie in the reply, none is decoded or
 * copied. {@code while (nextBatch()) while (next()) ...}. Not thread-safe.
 */
public final class RawCursor implements Closeable {
    /** Replies of about this size keep the wire busy and the heap small; the server's own limit is 16 MiB. */
    private static final int BATCH_BYTES = 2 << 20;

    private static final int MOST_DOCUMENTS = 100_000;
    private static final byte[] CURSOR = ascii("cursor");
    private static final byte[] ID = ascii("id");
    private static final byte[] FIRST_BATCH = ascii("firstBatch");
    private static final byte[] NEXT_BATCH = ascii("nextBatch");
    private static final byte[] NAMESPACE = ascii("ns");
    private static final byte[] OPERATION_TIME = ascii("operationTime");

    private final MongoDatabase database;
    private final @Nullable ClientSession session;
    private final BsonCursor documents = new BsonCursor();
    private byte[] reply = new byte[0];
    private boolean batchReady;
    private boolean more;
    private long id;
    private String collection = "";
    private long operationTime;
    private int batchSize = 1000;

    private RawCursor(MongoDatabase database, @Nullable ClientSession session) {
        this.database = database;
        this.session = session;
    }

    /**
     * @param session whether the server has sessions: then it wants all commands of a cursor to be of the same one
     * @throws MongoException as the driver throws it
     */
    static RawCursor open(MongoClient client, boolean session, String databaseName, BsonDocument command) {
        ClientSessionOptions options =
                ClientSessionOptions.builder().causallyConsistent(false).build();
        RawCursor cursor =
                new RawCursor(client.getDatabase(databaseName), session ? client.startSession(options) : null);
        try {
            cursor.run(command);
            return cursor;
        } catch (MongoException e) {
            cursor.closeSession();
            throw e;
        }
    }

    private void run(BsonDocument command) {
        RawBsonDocument answer = session == null
                ? database.runCommand(command, ReadPreference.nearest(), RawBsonDocument.class)
                : database.runCommand(session, command, ReadPreference.nearest(), RawBsonDocument.class);
        ByteBuf bytes = answer.getByteBuffer();
        reply = bytes.array();
        int start = bytes.position();
        boolean found = false;
        BsonCursor fields = new BsonCursor(reply, start);
        while (fields.next()) {
            if (fields.nameIs(CURSOR) && fields.isDocument()) {
                found = readCursor(new BsonCursor(reply, fields.valueOffset()));
            } else if (fields.nameIs(OPERATION_TIME)) {
                operationTime = fields.int64();
            }
        }
        if (!found) {
            throw BsonCursor.corrupt("the server's answer has no cursor in it");
        }
    }

    private boolean readCursor(BsonCursor fields) {
        boolean found = false;
        while (fields.next()) {
            if (fields.nameIs(ID)) {
                id = fields.number();
            } else if (fields.nameIs(NAMESPACE)) {
                String namespace = fields.string();
                collection = namespace.substring(namespace.indexOf('.') + 1);
            } else if (fields.nameIs(FIRST_BATCH) || fields.nameIs(NEXT_BATCH)) {
                documents.open(reply, fields.valueOffset());
                batchReady = true;
                found = true;
            }
        }
        return found;
    }

    /**
     * Goes to the next batch, the first included; false when there is none, which for a tailable cursor may change.
     *
     * @throws MongoException as the driver throws it
     */
    public boolean nextBatch() {
        if (!batchReady) {
            if (id == 0) {
                return false;
            }
            getMore();
        }
        batchReady = false;
        more = true;
        return true;
    }

    private void getMore() {
        BsonDocument command = new BsonDocument("getMore", new BsonInt64(id))
                .append("collection", new BsonString(collection))
                .append("batchSize", new BsonInt32(batchSize));
        // After a failure the server's side of the cursor is gone or cannot be reached: nothing is left to free.
        id = 0;
        run(command);
    }

    /** Moves to the next document of the batch. */
    public boolean next() {
        more = more && documents.next();
        return more;
    }

    /** Lets the batches that follow have about the same size in bytes, whatever the size of the documents. */
    public void adaptBatchSize(long documentsRead, long bytesRead) {
        if (documentsRead > 0) {
            long average = Math.max(16, bytesRead / documentsRead);
            batchSize = Math.clamp(BATCH_BYTES / average, 2, MOST_DOCUMENTS);
        }
    }

    /** The document lies in {@code buffer()[offset(), offset() + length())}. */
    public byte[] buffer() {
        return reply;
    }

    public int offset() {
        return documents.valueOffset();
    }

    public int length() {
        return Bytes.int32(reply, documents.valueOffset());
    }

    /** Every document that is left, each in a copy of its own. */
    public List<BsonDocument> readAll() {
        List<BsonDocument> all = new ArrayList<>();
        while (nextBatch()) {
            while (next()) {
                all.add(documents.document());
            }
        }
        return all;
    }

    /** What was read last is of this moment or before, as a BSON timestamp's bits; 0 when the server does not tell. */
    public long operationTime() {
        return operationTime;
    }

    /** Frees the server's cursor. Never throws. */
    @Override
    public void close() {
        if (id != 0 && !Thread.currentThread().isInterrupted()) {
            try {
                BsonDocument kill = new BsonDocument("killCursors", new BsonString(collection))
                        .append("cursors", new BsonArray(List.of(new BsonInt64(id))));
                if (session == null) {
                    database.runCommand(kill, ReadPreference.nearest(), RawBsonDocument.class);
                } else {
                    database.runCommand(session, kill, ReadPreference.nearest(), RawBsonDocument.class);
                }
            } catch (MongoException e) {
                // The server frees it by itself after some minutes.
            }
        }
        closeSession();
    }

    private void closeSession() {
        if (session != null) {
            session.close();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
