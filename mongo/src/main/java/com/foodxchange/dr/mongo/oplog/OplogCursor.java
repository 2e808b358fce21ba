package com.foodxchange.dr.mongo.oplog;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.RawCursor;
import java.io.Closeable;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** A stretch of {@code local.oplog.rs}, entry by entry in the order of the log. Not thread-safe. */
final class OplogCursor implements Closeable {
    private static final String DATABASE = "local";
    private static final BsonDocument FIND = new BsonDocument("find", new BsonString("oplog.rs"));

    private final RawCursor cursor;
    private final OplogEntry entry = new OplogEntry();
    private final long limit;
    private boolean inBatch;
    private @Nullable OpTime at;
    private long entries;
    private long bytes;

    private OplogCursor(RawCursor cursor, long limit) {
        this.cursor = cursor;
        this.limit = limit;
    }

    /** Both ends are included. */
    static OplogCursor open(Deployment deployment, OpTime from, OpTime to) {
        BsonDocument range = new BsonDocument("$gte", from.ts()).append("$lte", to.ts());
        BsonDocument command = FIND.clone().append("filter", new BsonDocument("ts", range));
        if (deployment.topology().serverVersion().startsWith("4.2")) {
            // Without it such an old server reads the oplog from its beginning.
            command.append("oplogReplay", BsonBoolean.TRUE);
        }
        return new OplogCursor(deployment.open(DATABASE, command), to.ts().getValue());
    }

    static OpTime oldest(Deployment deployment) {
        BsonDocument command = FIND.clone()
                .append("sort", new BsonDocument("$natural", new BsonInt32(1)))
                .append("limit", new BsonInt32(1));
        try (OplogCursor cursor = new OplogCursor(deployment.open(DATABASE, command), -1)) {
            if (!cursor.next()) {
                throw new DeploymentException(
                        Kind.UNSUPPORTED,
                        "the server's oplog is empty",
                        "a standalone server has no oplog: make it a replica set of one member");
            }
            return cursor.at();
        }
    }

    boolean next() {
        while (!inBatch || !cursor.next()) {
            cursor.adaptBatchSize(entries, bytes);
            if (!cursor.nextBatch()) {
                return false;
            }
            inBatch = true;
        }
        entry.open(cursor.buffer(), cursor.offset());
        if (Long.compareUnsigned(entry.ts(), limit) > 0) {
            return false;
        }
        entries++;
        bytes += cursor.length();
        at = new OpTime(new BsonTimestamp(entry.ts()), entry.term());
        return true;
    }

    /** Where the entry is; there has to be one. */
    OpTime at() {
        OpTime current = at;
        if (current == null) {
            throw new IllegalStateException("there is no entry");
        }
        return current;
    }

    byte[] buffer() {
        return cursor.buffer();
    }

    int offset() {
        return cursor.offset();
    }

    int length() {
        return cursor.length();
    }

    /** Whether the entry is of one of these databases, or of a kind that may concern any. */
    boolean isOf(Set<String> databases) {
        if (entry.op() == 'n' || entry.inTransaction()) {
            return true;
        }
        String namespace = entry.namespace();
        int dot = namespace.indexOf('.');
        String database = dot < 0 ? namespace : namespace.substring(0, dot);
        return database.equals("admin") || databases.contains(database);
    }

    @Override
    public void close() {
        cursor.close();
    }
}
