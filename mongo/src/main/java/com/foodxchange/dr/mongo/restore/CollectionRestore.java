package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.RestoreReport.CollectionResult;
import com.foodxchange.dr.mongo.restore.RestoreReport.Timings;
import com.foodxchange.dr.mongo.restore.RestoreReport.Verdict;
import com.foodxchange.dr.mongo.restore.Target.Existing;
import com.foodxchange.dr.mongo.restore.Task.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The life of one collection in a restore: created under a temporary name, loaded, read back while its indexes are
 * built, and only then given its own name. One thread at a time.
 */
final class CollectionRestore {
    /** CannotInsertTimeseriesBucketsWithMixedSchema. */
    private static final int MIXED_SCHEMA = 408;

    private final Workplace workplace;
    private final Task task;
    private final Room room;
    private Room.Place place;
    private @Nullable Loading loading;
    private ContentHash.@Nullable Value readBack;
    private Timings timings = Timings.NONE;
    private Verdict verdict = Verdict.NOT_RESTORED;
    private boolean failed;
    private boolean mixedSchema;
    private volatile boolean begunInPlace;

    CollectionRestore(Workplace workplace, Task task) {
        this.workplace = workplace;
        this.task = task;
        this.room = workplace.room();
        this.place = room.of(task);
    }

    Task task() {
        return task;
    }

    /** Where the documents are until the end. */
    Namespace place() {
        return place.namespace();
    }

    /** Whether everything in it is as it should be, so that it may take the place of what is there. */
    boolean isProven() {
        return verdict != Verdict.NOT_RESTORED;
    }

    /** Whether what was there is gone and what comes is not complete. */
    boolean isHalfInPlace() {
        return begunInPlace && !isProven();
    }

    /** Makes the empty collection. What the server does not want is reported. */
    void create() throws InterruptedException {
        begunInPlace = task.way() == Way.IN_PLACE;
        try {
            place = room.make(task, loading != null, mixedSchema);
        } catch (DeploymentException e) {
            if (e.kind() != DeploymentException.Kind.FAILED) {
                throw e;
            }
            failed = true;
            workplace.findings().problem(task.namespace(), "the server does not create it: " + e.getMessage());
        }
    }

    /** Reads the documents and puts them on their way. */
    void load() throws IOException, InterruptedException {
        if (task.way() == Way.IN_PLACE) {
            create();
            if (task.replaces()) {
                workplace.findings().note(task.namespace(), "was replaced in place, since the server cannot rename it");
            }
        }
        if (!failed) {
            workplace.progress().started(task.namespace(), task.content().expectedBytes());
            send();
        }
    }

    private Loading send() throws IOException, InterruptedException {
        Loading pass = new Loading(
                place,
                task.namespace(),
                task.rank(),
                task.spec().capped(),
                workplace.target().majority());
        loading = pass;
        DocumentFeed.run(task.content(), pass, workplace.writers());
        return pass;
    }

    /** Waits for the documents, proves that they are there, and builds the indexes. */
    void finish() throws IOException, InterruptedException {
        Loading pass = loading;
        if (pass == null) {
            return;
        }
        boolean accounted = prove(pass);
        if (!accounted || (pass.isRefusedWith(MIXED_SCHEMA) && !mixedSchema)) {
            mixedSchema = pass.isRefusedWith(MIXED_SCHEMA);
            if (!accounted) {
                workplace
                        .findings()
                        .note(task.namespace(), "what was read back was not what had been sent; loaded again");
            }
            create();
            pass = send();
            if (!prove(pass)) {
                reportDifference(pass);
            }
        }
        pass.report(workplace.findings());
        if (isProven() && task.way() != Way.AUTHORIZATION) {
            letExpire();
        }
        workplace.progress().finished(task.namespace());
    }

    /** Comes last, because from here on the server deletes what has expired. */
    private void letExpire() throws InterruptedException {
        List<BsonDocument> expiring = IndexSpecs.of(task.spec()).expiring();
        Expiry expiry = new Expiry(workplace.target(), workplace.findings());
        workplace.indexes().build(place(), task.namespace(), expiring);
        for (BsonDocument index : expiring) {
            expiry.report(place(), task.namespace(), index);
        }
        room.startExpiry(task, place);
    }

    private boolean prove(Loading pass) throws InterruptedException {
        Duration insert = pass.awaitAcknowledgement();
        AtomicLong indexNanos = new AtomicLong();
        CountDownLatch indexed = new CountDownLatch(1);
        workplace.indexers().start(task.rank(), () -> {
            long started = System.nanoTime();
            if (task.way() != Way.AUTHORIZATION) {
                workplace
                        .indexes()
                        .build(
                                place(),
                                task.namespace(),
                                IndexSpecs.of(task.spec()).plain());
            }
            indexNanos.set(System.nanoTime() - started);
            indexed.countDown();
        });
        long started = System.nanoTime();
        ContentHash content = workplace
                .readBack()
                .read(
                        place(),
                        place.rawData(),
                        (documents, bytes) -> workplace.progress().verified(task.namespace(), documents, bytes));
        Duration verify = Duration.ofNanos(System.nanoTime() - started);
        indexed.await();
        timings = new Timings(insert, verify, Duration.ofNanos(indexNanos.get()));
        readBack = content.value();
        boolean identical = content.value().equals(pass.expected());
        boolean accounted = pass.accountsFor(content);
        verdict = identical ? Verdict.IDENTICAL : accounted ? Verdict.DIFFERENT : Verdict.NOT_RESTORED;
        return accounted;
    }

    /** Nobody knows why it differs: better than nothing, but not better than what is there. */
    private void reportDifference(Loading pass) {
        ContentHash.Value expected = pass.expected();
        ContentHash.Value actual = Objects.requireNonNull(readBack);
        boolean keepOld = task.replaces() && task.way() == Way.SWAP;
        verdict = keepOld || task.way() == Way.AUTHORIZATION ? Verdict.NOT_RESTORED : Verdict.DIFFERENT;
        workplace
                .findings()
                .problem(
                        task.namespace(),
                        "the target holds %d documents in %d bytes where %d in %d bytes were sent%s"
                                .formatted(
                                        actual.count(),
                                        actual.bytes(),
                                        expected.count(),
                                        expected.bytes(),
                                        keepOld ? "; what was there before was kept" : ""));
    }

    /** Gives the proven collection its name; what had that name goes in the same step. */
    void swap(boolean replace) throws InterruptedException {
        if (task.way() != Way.SWAP || !isProven()) {
            return;
        }
        Existing existing = task.existing();
        if (existing != null && existing.type() != CollectionSpec.Type.COLLECTION) {
            // the server replaces collections by renaming, but not views
            workplace.target().drop(existing.namespace());
        }
        if (!workplace.target().rename(place(), task.namespace(), replace)) {
            verdict = Verdict.NOT_RESTORED;
            workplace
                    .findings()
                    .problem(task.namespace(), "something else got this name while the restore was running, and stays");
        }
    }

    CollectionResult result() {
        Loading pass = loading;
        boolean inPlace = verdict != Verdict.NOT_RESTORED;
        return new CollectionResult(
                task.namespace(),
                task.spec().type(),
                pass == null ? null : pass.expected(),
                inPlace ? readBack : null,
                timings,
                verdict);
    }
}
