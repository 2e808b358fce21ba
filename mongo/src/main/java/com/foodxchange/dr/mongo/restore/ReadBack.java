package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.bson.Bytes;
import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoClientException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole collection and hashes its documents where they lie in the server's replies, without making objects of
 * them. Starts again from the beginning when the server went away. Thread-safe.
 */
final class ReadBack {
    /** Hears how far reading is. */
    @FunctionalInterface
    interface Listener {
        void read(long documents, long bytes);
    }

    private static final byte[] CURSOR = "cursor".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIRST_BATCH = "firstBatch".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_BATCH = "nextBatch".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_BATCH_DOCUMENTS = 101;
    private static final int LARGEST_BATCH_DOCUMENTS = 10_000;
    /** Larger replies are no quicker and need more memory. */
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private static final ClientSessionOptions NOT_CAUSAL =
            ClientSessionOptions.builder().causallyConsistent(false).build();

    private final Target target;
    private volatile boolean sessions = true;

    ReadBack(Target target) {
        this.target = target;
    }

    /** What the collection holds; nothing when it is not there. */
    ContentHash read(Namespace namespace, boolean rawData, Listener listener) throws InterruptedException {
        return target.patience().call("reading " + namespace + " back", again -> {
            if (sessions) {
                try (ClientSession session = target.client().startSession(NOT_CAUSAL)) {
                    return new Pass(namespace, rawData, session, listener).run();
                } catch (MongoClientException e) {
                    if (e.getClass() != MongoClientException.class) {
                        throw e;
                    }
                    // a server without sessions, which the driver finds out when it has a connection
                    sessions = false;
                }
            }
            return new Pass(namespace, rawData, null, listener).run();
        });
    }

    /** One reading from the beginning. */
    private final class Pass {
        private final Namespace namespace;
        private final boolean rawData;
        private final @Nullable ClientSession session;
        private final Listener listener;
        private final MongoDatabase database;
        private final ContentHash hash = new ContentHash();
        private final BsonCursor reply = new BsonCursor();
        private final BsonCursor part = new BsonCursor();
        private final BsonCursor documents = new BsonCursor();
        private int batchSize = FIRST_BATCH_DOCUMENTS;

        Pass(Namespace namespace, boolean rawData, @Nullable ClientSession session, Listener listener) {
            this.namespace = namespace;
            this.rawData = rawData;
            this.session = session;
            this.listener = listener;
            this.database = target.database(namespace.database());
        }

        ContentHash run() {
            long cursor = take(give(find()));
            while (cursor != 0) {
                cursor = take(give(more(cursor)));
            }
            return hash;
        }

        private BsonDocument find() {
            BsonDocument command = new BsonDocument("find", new BsonString(namespace.collection()))
                    .append("batchSize", new BsonInt32(batchSize));
            return rawData ? command.append("rawData", BsonBoolean.TRUE) : command;
        }

        private BsonDocument more(long cursor) {
            return new BsonDocument("getMore", new BsonInt64(cursor))
                    .append("collection", new BsonString(namespace.collection()))
                    .append("batchSize", new BsonInt32(batchSize));
        }

        private RawBsonDocument give(BsonDocument command) {
            return session == null
                    ? database.runCommand(command, RawBsonDocument.class)
                    : database.runCommand(session, command, RawBsonDocument.class);
        }

        /** Hashes the documents of a reply; returns the cursor's id, 0 at the end. */
        private long take(RawBsonDocument document) {
            byte[] bytes = document.getByteBuffer().array();
            long id = 0;
            reply.open(bytes, document.getByteBuffer().position());
            if (reply.find(CURSOR)) {
                part.open(bytes, reply.valueOffset());
                while (part.next()) {
                    if (part.nameIs(ID)) {
                        id = part.number();
                    } else if (part.nameIs(FIRST_BATCH) || part.nameIs(NEXT_BATCH)) {
                        hash(bytes, part.valueOffset());
                    }
                }
            }
            return id;
        }

        private void hash(byte[] bytes, int arrayOffset) {
            long count = 0;
            long total = 0;
            documents.open(bytes, arrayOffset);
            while (documents.next()) {
                int length = Bytes.int32(bytes, documents.valueOffset());
                hash.add(bytes, documents.valueOffset(), length);
                count++;
                total += length;
            }
            if (count > 0) {
                batchSize = Math.clamp(BATCH_BYTES / (total / count), 1, LARGEST_BATCH_DOCUMENTS);
            }
            listener.read(count, total);
        }
    }
}
