package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Finding.Severity;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.Patience;
import com.foodxchange.dr.mongo.deployment.RawCursor;
import com.foodxchange.dr.mongo.deployment.ServerErrors;
import com.mongodb.MongoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Where a capture begins.
 *
 * @param scanFrom every change up to here is seen by the scan
 * @param copyFrom where the oplog is copied from
 * @param inclusive whether the entry at {@code copyFrom} is copied too: it is the first of an open transaction
 */
record StartPoint(OpTime scanFrom, OpTime copyFrom, boolean inclusive, List<Finding> findings) {
    /** A majority that has not got the newest entry by then does not get it soon. */
    private static final Duration SETTLE = Duration.ofSeconds(20);

    /**
     * Looks for open transactions first and for the majority point after that: then a transaction that is open at that
     * point was open when the list was read, or began later, and its entries are copied either way.
     */
    static StartPoint find(ScanContext context) throws InterruptedException {
        Deployment deployment = context.deployment();
        Patience patience = context.patience("reading how far the replica set is");
        OpTime before = patience.persist(deployment, () -> settled(deployment));
        Optional<OpTime> oldest = patience.persist(deployment, () -> oldestTransaction(deployment, "local"));
        List<Finding> findings = new ArrayList<>();
        OpTime written = patience.persist(deployment, deployment::currentWrite);
        OpTime scanFrom = waitFor(context, patience, written);
        if (scanFrom.compareTo(written) < 0) {
            findings.add(new Finding(
                    Severity.NOTE,
                    "oplog",
                    "a majority of the replica set has not confirmed writes since " + scanFrom
                            + ", so later ones are not in this backup"));
            Optional<OpTime> confirmed = patience.persist(deployment, () -> oldestTransaction(deployment, "majority"));
            oldest = Stream.concat(oldest.stream(), confirmed.stream()).min(Comparator.naturalOrder());
        }
        return oldest.filter(transaction -> transaction.compareTo(before) <= 0)
                .map(transaction -> new StartPoint(scanFrom, transaction, true, findings))
                .orElseGet(() -> new StartPoint(scanFrom, before, false, findings));
    }

    /** A set that was initiated a moment ago has no majority point yet. */
    private static OpTime settled(Deployment deployment) throws InterruptedException {
        OpTime majority = deployment.currentMajority();
        long end = System.nanoTime() + SETTLE.toNanos();
        while (majority.seconds() == 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            majority = deployment.currentMajority();
        }
        return majority;
    }

    /** The majority point, once it is where is wanted, or when that takes too long. */
    private static OpTime waitFor(ScanContext context, Patience patience, OpTime wanted) throws InterruptedException {
        Deployment deployment = context.deployment();
        long end = System.nanoTime() + SETTLE.toNanos();
        OpTime majority = patience.persist(deployment, deployment::currentMajority);
        while (majority.compareTo(wanted) < 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
            majority = patience.persist(deployment, deployment::currentMajority);
        }
        return majority;
    }

    /** Where the oldest open transaction began, as {@code config.transactions} tells since MongoDB 4.2. */
    private static Optional<OpTime> oldestTransaction(Deployment deployment, String readConcern) {
        BsonArray open = new BsonArray(List.of(new BsonString("prepared"), new BsonString("inProgress")));
        BsonDocument command = new BsonDocument("find", new BsonString("transactions"))
                .append("filter", new BsonDocument("state", new BsonDocument("$in", open)))
                .append("readConcern", new BsonDocument("level", new BsonString(readConcern)));
        List<OpTime> starts = new ArrayList<>();
        try (RawCursor cursor = deployment.open("config", command)) {
            for (BsonDocument transaction : cursor.readAll()) {
                BsonDocument start = transaction.getDocument("startOpTime", new BsonDocument());
                if (start.isTimestamp("ts")) {
                    starts.add(new OpTime(
                            start.getTimestamp("ts"),
                            start.getNumber("t", new BsonInt32(-1)).longValue()));
                }
            }
        } catch (MongoException e) {
            if (ServerErrors.isUnauthorized(e)) {
                throw ServerErrors.translate("reading the open transactions", e);
            }
            throw e;
        }
        return starts.stream().min(Comparator.naturalOrder());
    }
}
