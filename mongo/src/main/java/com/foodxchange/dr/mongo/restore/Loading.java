package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** One pass of a collection's documents into the target: what was sent, what was refused, what is on its way. Thread-safe. */
final class Loading {
    /** Phasers take 65,535 parties; this many batches at once use more memory than there is. */
    private static final int UNLIMITED = 60_000;

    private final Namespace place;
    private final Namespace subject;
    private final int rank;
    private final BsonDocument head;
    private final Semaphore inFlight;
    private final Phaser unfinished = new Phaser(1);
    private final ContentHash sent = new ContentHash();
    private final ContentHash refused = new ContentHash();
    private final Map<Integer, Refusal> refusals = new TreeMap<>();
    private final long started = System.nanoTime();

    /**
     * A pass into {@code place}.
     *
     * @param subject the final name
     * @param ordered whether documents have to arrive in order, as in a capped collection
     */
    Loading(Room.Place place, Namespace subject, int rank, boolean ordered, BsonDocument majority) {
        this.place = place.namespace();
        this.subject = subject;
        this.rank = rank;
        this.inFlight = new Semaphore(ordered ? 1 : UNLIMITED);
        this.head = new BsonDocument("insert", new BsonString(place.namespace().collection()))
                .append("ordered", BsonBoolean.FALSE)
                .append("bypassDocumentValidation", BsonBoolean.TRUE)
                .append("writeConcern", majority);
        if (place.rawData()) {
            head.append("rawData", BsonBoolean.TRUE);
        }
    }

    Namespace place() {
        return place;
    }

    Namespace subject() {
        return subject;
    }

    int rank() {
        return rank;
    }

    /** The insert command's fields apart from the documents. */
    BsonDocument head() {
        return head;
    }

    /** Waits until another batch may go. */
    void batchStarts() throws InterruptedException {
        inFlight.acquire();
        unfinished.register();
    }

    void batchEnds() {
        unfinished.arriveAndDeregister();
        inFlight.release();
    }

    /** Waits until every batch is acknowledged; the time since the first document. */
    Duration awaitAcknowledgement() throws InterruptedException {
        unfinished.awaitAdvanceInterruptibly(unfinished.arriveAndDeregister());
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Called by the thread that reads the documents alone. */
    void delivered(byte[] buffer, int offset, int length) {
        sent.add(buffer, offset, length);
    }

    /** What the moment holds, once everything was delivered. */
    ContentHash.Value expected() {
        return sent.value();
    }

    /** A document that cannot be in the target; {@code code} is the server's number for the reason. */
    synchronized void refused(byte[] buffer, int offset, int length, int code, String reason) {
        refused.add(buffer, offset, length);
        refusals.merge(code, new Refusal(1, reason), Refusal::plus);
    }

    synchronized void refused(InsertBatch batch, int index, int code, String reason) {
        batch.addTo(refused, index);
        refusals.merge(code, new Refusal(1, reason), Refusal::plus);
    }

    synchronized boolean isRefusedWith(int code) {
        return refusals.containsKey(code);
    }

    /** Whether the target holds what was sent but for what was refused. */
    synchronized boolean accountsFor(ContentHash readBack) {
        ContentHash total = new ContentHash();
        total.add(readBack);
        total.add(refused);
        return sent.value().equals(total.value());
    }

    /** Reports what was refused, each reason once. */
    synchronized void report(Findings findings) {
        refusals.values()
                .forEach(refusal -> findings.problem(
                        subject,
                        refusal.count + (refusal.count == 1 ? " document" : " documents") + " could not be inserted: "
                                + refusal.reason));
    }

    /** How often something was refused, and what was said the first time. */
    private record Refusal(long count, String reason) {
        Refusal plus(Refusal later) {
            return new Refusal(count + later.count, reason);
        }
    }
}
