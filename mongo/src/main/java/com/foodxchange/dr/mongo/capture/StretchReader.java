package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.DocumentConsumer;
import com.foodxchange.dr.mongo.deployment.Patience;
import com.foodxchange.dr.mongo.deployment.RawCursor;
import com.foodxchange.dr.mongo.deployment.ServerErrors;
import com.mongodb.MongoException;
import java.io.IOException;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stretch of a collection, each document once, over as many cursors as it takes: when the server goes away, when
 * another member takes over, when the collection gets another name. Used once, by one thread.
 */
final class StretchReader {
    private static final int FIRST_BATCH = 1000;

    private final ScanContext context;
    private final CollectionScan scan;
    private final KeyRange range;
    private final DocumentConsumer consumer;
    private final Patience patience;
    private final Resumption resumption = new Resumption();
    private long documents;
    private long bytes;

    StretchReader(ScanContext context, CollectionScan scan, KeyRange range, DocumentConsumer consumer) {
        this.context = context;
        this.scan = scan;
        this.range = range;
        this.consumer = consumer;
        this.patience = context.patience("reading " + scan.namespace());
    }

    void read() throws IOException, InterruptedException {
        while (true) {
            try {
                if (readOn()) {
                    return;
                }
            } catch (MongoException e) {
                if (e.getCode() == ServerErrors.READ_CONCERN_MAJORITY_NOT_ENABLED) {
                    context.readLocally();
                } else {
                    boolean passes = ServerErrors.isTransient(e) || ServerErrors.isCursorLost(e);
                    patience.failed(context.deployment(), e, passes);
                }
            }
        }
    }

    /** Reads with one cursor; true when the stretch was read to its end, or the collection is gone. */
    private boolean readOn() throws IOException, InterruptedException {
        String name = scan.currentName();
        resumption.start(scan.order() == CollectionScan.Order.NATURAL);
        try (RawCursor cursor = context.deployment().open(scan.database(), find())) {
            // Only now is it certain whose documents these are: a name may have gone to another collection before.
            if (!scan.isCalled(name)) {
                return !scan.findAgain();
            }
            while (cursor.nextBatch()) {
                readBatch(cursor);
                patience.succeeded();
            }
        }
        if (resumption.isSkipping()) {
            return resumeAfterMiss();
        }
        return true;
    }

    /** Whether to leave it at what was read: the last document that was read is not there any more. */
    private boolean resumeAfterMiss() {
        if (scan.spec().capped()) {
            // It rolled off, and with it all that was read: whatever is there now is new.
            resumption.forgetPosition();
            return false;
        }
        throw new DeploymentException(
                Kind.FAILED,
                "reading " + scan.namespace() + " broke off, and the place where it was cannot be found again",
                "run the backup again");
    }

    private void readBatch(RawCursor cursor) throws IOException, InterruptedException {
        context.read(cursor.operationTime());
        long documentsBefore = documents;
        long bytesBefore = bytes;
        int last = -1;
        while (cursor.next()) {
            if (!resumption.skips(cursor.buffer(), cursor.offset())) {
                last = cursor.offset();
                consumer.accept(cursor.buffer(), last, cursor.length());
                documents++;
                bytes += cursor.length();
            }
        }
        if (last >= 0) {
            // A cursor fails between batches only, so it is enough to know the last document of each.
            resumption.remember(cursor.buffer(), last);
            cursor.adaptBatchSize(documents, bytes);
            context.progress().read(scan.namespace(), documents - documentsBefore, bytes - bytesBefore);
        }
    }

    private BsonDocument find() {
        BsonDocument command = scan.command("find").append("batchSize", new BsonInt32(FIRST_BATCH));
        return switch (scan.order()) {
            case BY_ID -> byId(command, resumption.hasPosition() ? resumption.position() : range.from());
            case CLUSTERED -> natural(resumption.hasPosition() ? after(command, resumption.position()) : command);
            case NATURAL -> natural(command);
        };
    }

    private BsonDocument byId(BsonDocument command, @Nullable BsonDocument from) {
        command.append("sort", new BsonDocument("_id", new BsonInt32(1)))
                .append("hint", new BsonString(scan.idIndex()));
        if (from != null) {
            command.append("min", from);
        }
        if (range.to() != null) {
            command.append("max", range.to());
        }
        return command;
    }

    private static BsonDocument natural(BsonDocument command) {
        return command.append("hint", new BsonDocument("$natural", new BsonInt32(1)));
    }

    /** Over values of all types, as a plain comparison does not. */
    private static BsonDocument after(BsonDocument command, BsonDocument position) {
        BsonValue id = new BsonDocument("$literal", position.get("_id"));
        BsonArray operands = new BsonArray(List.of(new BsonString("$_id"), id));
        return command.append("filter", new BsonDocument("$expr", new BsonDocument("$gte", operands)));
    }
}
