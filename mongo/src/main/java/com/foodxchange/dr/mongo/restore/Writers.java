package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.deployment.ServerErrors;
import com.mongodb.MongoCommandException;
import com.mongodb.ServerAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The insert commands on their way, a fixed number over all collections, those of the more important collection first. A
 * command whose answer was lost is given again: documents that are already there are taken for inserted by the first
 * one, and reading back shows whether that was right. Thread-safe.
 */
final class Writers {
    private static final int DUPLICATE_KEY = 11000;
    /** IDLUnknownField. */
    private static final int UNKNOWN_FIELD = 40415;
    /** Memory for batches that wait or are on their way, in KiB. */
    private static final int BUDGET = 64 * 1024;

    private final Target target;
    private final RestoreProgress progress;
    private final Crew.Lane lane;
    private final EmptyTimestamps emptyTimestamps;
    private final Semaphore budget = new Semaphore(BUDGET, true);
    private final ConcurrentLinkedQueue<InsertBatch> spare = new ConcurrentLinkedQueue<>();

    Writers(Target target, RestoreProgress progress, Crew.Lane lane) {
        this.target = target;
        this.progress = progress;
        this.lane = lane;
        this.emptyTimestamps = new EmptyTimestamps(target);
    }

    /** An empty batch for a collection. */
    InsertBatch open(Loading loading) {
        InsertBatch batch = spare.poll();
        return (batch == null ? new InsertBatch() : batch).open(loading.head());
    }

    /** Sends a batch, which belongs to the writers from now on. Blocks while too much is on its way. */
    void send(Loading loading, InsertBatch batch) throws InterruptedException {
        int share = Math.min(BUDGET, batch.bytes() / 1024 + 1);
        loading.batchStarts();
        budget.acquire(share);
        lane.start(loading.rank(), () -> {
            insert(loading, batch);
            budget.release(share);
            loading.batchEnds();
            spare.add(batch);
        });
    }

    /** The server's answer, and whether the command had been given before. */
    private record Outcome(BsonDocument reply, boolean again) {}

    private void insert(Loading loading, InsertBatch batch) throws InterruptedException {
        Outcome outcome = target.patience()
                .call("inserting into " + loading.subject(), again -> new Outcome(give(loading, batch), again));
        long refused = 0;
        for (BsonValue error : outcome.reply.getArray("writeErrors", new BsonArray())) {
            refused += judge(loading, batch, error.asDocument(), outcome.again) ? 1 : 0;
        }
        if (batch.hasEmptyTimestamps() && !emptyTimestamps.canBypass()) {
            emptyTimestamps.repair(loading.place(), batch);
        }
        progress.inserted(loading.subject(), batch.count() - refused, batch.documentBytes());
    }

    /** Gives the command; what may pass is thrown, wherever the server says it. */
    private BsonDocument give(Loading loading, InsertBatch batch) {
        BsonDocument reply;
        boolean bypass = batch.hasEmptyTimestamps() && emptyTimestamps.canBypass();
        try {
            reply = run(loading, batch.command(bypass));
        } catch (MongoCommandException e) {
            if (!bypass || e.getErrorCode() != UNKNOWN_FIELD) {
                throw e;
            }
            emptyTimestamps.bypassIsUnknown();
            reply = run(loading, batch.command(false));
        }
        throwIfTransient(reply.get("writeConcernError"), true);
        for (BsonValue error : reply.getArray("writeErrors", new BsonArray())) {
            throwIfTransient(error, false);
        }
        return reply;
    }

    private BsonDocument run(Loading loading, BsonDocument command) {
        return target.database(loading.place().database()).runCommand(command, BsonDocument.class);
    }

    /** An election in the middle of a batch is told by the error of each document, or of the write concern. */
    private static void throwIfTransient(@Nullable BsonValue error, boolean always) {
        if (error == null) {
            return;
        }
        BsonDocument failure = new BsonDocument("ok", new BsonInt32(0)).append("codeName", new BsonString(""));
        failure.putAll(error.asDocument());
        MongoCommandException exception = new MongoCommandException(failure, new ServerAddress());
        if (always || ServerErrors.isTransient(exception)) {
            throw exception;
        }
    }

    /** Whether the document of that error is not in the target. */
    private static boolean judge(Loading loading, InsertBatch batch, BsonDocument error, boolean again) {
        int code = error.getNumber("code", new BsonInt32(0)).intValue();
        if (again && code == DUPLICATE_KEY) {
            return false;
        }
        String message = error.getString("errmsg", new BsonString("")).getValue();
        loading.refused(batch, error.getNumber("index").intValue(), code, IndexBuild.shorten(message));
        return true;
    }
}
