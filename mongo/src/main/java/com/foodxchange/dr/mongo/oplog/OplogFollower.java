package com.foodxchange.dr.mongo.oplog;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.Patience;
import com.mongodb.MongoException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the oplog without a gap, never past the majority point, whatever elections happen meanwhile. Thread-safe but for
 * {@link #follow}, since it remembers nothing of what was read: the caller passes where the last read ended.
 *
 * <p>It asks for the majority point and reads up to it, again and again. A tailable cursor would show entries before a
 * majority has them, which a rollback may take back.
 */
public final class OplogFollower {
    private static final String ACTIVITY = "reading the oplog";
    private static final Duration POLL = Duration.ofMillis(150);
    /** How long a majority may take to get what the primary has; after that what it has is enough. */
    private static final Duration SETTLE = Duration.ofSeconds(5);
    /** A member that lags catches up within this time, or an old primary hears that it is none any more. */
    private static final Duration BEHIND = Duration.ofSeconds(15);

    private final Deployment deployment;
    private final Set<String> databases;
    private final Duration patience;
    private final Consumer<String> retrying;
    private final Patience following;
    /** Since when the member that is followed has been behind what was read; 0 when it is not. */
    private long followBehindSince;

    /**
     * @param databases whose entries are wanted, empty: all; no-ops, transactions and other entries of {@code admin.$cmd}
     *     are always delivered
     * @param patience how long a server that went away is waited for
     */
    public OplogFollower(Deployment deployment, Set<String> databases, Duration patience) {
        this(deployment, databases, patience, reason -> {});
    }

    /** @param retrying hears, in one sentence, each time something is tried again and why */
    public OplogFollower(Deployment deployment, Set<String> databases, Duration patience, Consumer<String> retrying) {
        this.deployment = deployment;
        this.databases = Set.copyOf(databases);
        this.patience = patience;
        this.retrying = retrying;
        this.following = newPatience();
    }

    private Patience newPatience() {
        return new Patience(ACTIVITY, patience, retrying);
    }

    /**
     * Makes sure that the oplog still holds exactly this entry, so that reading can go on after it.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException of kind OPLOG_GAP when it has rolled over, ROLLBACK when the
     *     replica set has another history
     */
    public void verifyContinues(OpTime last) throws InterruptedException {
        try {
            new Reading(last, false, (buffer, offset, length, at) -> {}, newPatience()).to(last);
        } catch (IOException e) {
            throw new IllegalStateException("a sink that does nothing failed", e);
        }
    }

    /**
     * Delivers the entries after {@code after} up to the majority point of now.
     *
     * @return the last entry read, whether it was delivered or not; {@code after} when there was none
     */
    public OpTime readUpToMajority(OpTime after, EntrySink sink) throws IOException, InterruptedException {
        return new Reading(after, false, sink, newPatience()).to(settledMajority());
    }

    /** Like {@link #readUpToMajority}, the first entry included. */
    public OpTime readFrom(OpTime first, EntrySink sink) throws IOException, InterruptedException {
        return new Reading(first, true, sink, newPatience()).to(settledMajority());
    }

    /**
     * Delivers the entries after {@code after} as a majority gets them, within about a fifth of a second, and returns
     * when {@code howLong} is over, also while the server does not answer: what the sink keeps can be made durable then,
     * before the next call goes on. Fails when the server has not answered for as long as patience lasts, over several
     * calls. One thread at a time.
     *
     * @return the last entry read, whether it was delivered or not; {@code after} when there was none
     */
    public OpTime follow(OpTime after, EntrySink sink, Duration howLong) throws IOException, InterruptedException {
        long end = System.nanoTime() + howLong.toNanos();
        Reading reading = new Reading(after, false, sink, following);
        do {
            try {
                OpTime majority = deployment.currentMajority();
                int ahead = majority.compareTo(reading.position);
                if (ahead < 0) {
                    reading.behindSince = followBehindSince == 0 ? System.nanoTime() : followBehindSince;
                    reading.waitForMember(majority);
                    followBehindSince = reading.behindSince;
                } else {
                    followBehindSince = 0;
                }
                if (ahead > 0) {
                    reading.stretch(majority);
                }
                following.succeeded();
                pause(Math.min(POLL.toNanos(), end - System.nanoTime()));
            } catch (MongoException e) {
                following.failed(deployment, e);
            }
        } while (System.nanoTime() < end);
        return reading.position;
    }

    /** The majority point, once it has what the primary has now: what was acknowledged before the call is in it. */
    private OpTime settledMajority() throws InterruptedException {
        long end = System.nanoTime() + SETTLE.toNanos();
        Patience asking = newPatience();
        OpTime wanted = asking.persist(
                deployment, () -> deployment.lastWriteOfPrimary().orElseGet(deployment::currentMajority));
        OpTime majority = asking.persist(deployment, deployment::currentMajority);
        while (majority.compareTo(wanted) < 0 && System.nanoTime() < end) {
            pause(TimeUnit.MILLISECONDS.toNanos(20));
            majority = asking.persist(deployment, deployment::currentMajority);
        }
        return majority;
    }

    private static void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    /** One way through the oplog, over as many cursors as it takes. */
    private final class Reading {
        private final EntrySink sink;
        private final Patience failing;
        private OpTime position;
        /** Whether the entry at the position itself is still to be delivered. */
        private boolean inclusive;

        private boolean verified;
        private long behindSince;

        Reading(OpTime position, boolean inclusive, EntrySink sink, Patience failing) {
            this.position = position;
            this.inclusive = inclusive;
            this.sink = sink;
            this.failing = failing;
        }

        /** Reads until the goal is reached, the position's own entry at least. */
        OpTime to(OpTime goal) throws IOException, InterruptedException {
            behindSince = System.nanoTime();
            while (!verified || position.compareTo(goal) < 0) {
                try {
                    OpTime majority = deployment.currentMajority();
                    if (majority.compareTo(position) < 0 || majority.compareTo(goal) < 0) {
                        waitForMember(majority);
                    } else {
                        stretch(goal.compareTo(position) < 0 ? position : goal);
                        failing.succeeded();
                        behindSince = System.nanoTime();
                    }
                } catch (MongoException e) {
                    failing.failed(deployment, e);
                }
            }
            return position;
        }

        /** The member that is read from does not have the entry at the position yet, or not any more. */
        private void waitForMember(OpTime majority) throws InterruptedException {
            Optional<OpTime> primary = deployment.lastWriteOfPrimary();
            long waited = System.nanoTime() - behindSince;
            if (primary.isPresent() && primary.get().compareTo(position) < 0) {
                // An old primary that does not know yet that it is none any more is of an older term.
                boolean certain = primary.get().term() >= position.term();
                if (certain || waited > Math.min(BEHIND.toNanos(), patience.toNanos())) {
                    throw rollback("the newest entry of its primary is " + primary.get());
                }
            }
            if (waited > BEHIND.toNanos() && deployment.avoidMember()) {
                retrying.accept("another member is asked for the oplog entry " + position);
                behindSince = System.nanoTime();
            } else if (waited > patience.toNanos()) {
                throw new DeploymentException(
                        Kind.UNREACHABLE,
                        "no member that can be read has the oplog entry " + position + " confirmed by a majority; the"
                                + " last that is confirmed is " + majority,
                        "see with rs.status() which members are down or lag behind");
            }
            pause(TimeUnit.MILLISECONDS.toNanos(50));
        }

        /** Reads with one cursor up to the limit, which a majority has. */
        void stretch(OpTime limit) throws IOException, InterruptedException {
            try (OplogCursor cursor = OplogCursor.open(deployment, position, limit)) {
                if (!cursor.next() || !position.ts().equals(cursor.at().ts()) || differs(cursor.at())) {
                    diagnose();
                    return;
                }
                verified = true;
                if (inclusive) {
                    deliver(cursor);
                    inclusive = false;
                }
                while (cursor.next()) {
                    deliver(cursor);
                    position = cursor.at();
                }
            }
        }

        private void deliver(OplogCursor cursor) throws IOException, InterruptedException {
            if (databases.isEmpty() || cursor.isOf(databases)) {
                sink.accept(cursor.buffer(), cursor.offset(), cursor.length(), cursor.at());
            }
        }

        private boolean differs(OpTime found) {
            return position.term() >= 0 && found.term() >= 0 && position.term() != found.term();
        }

        /** The entry at the position is not there; returns when another member may have it. */
        private void diagnose() {
            OpTime oldest = OplogCursor.oldest(deployment);
            if (deployment.avoidMember()) {
                retrying.accept("another member is asked for the oplog entry " + position);
                return;
            }
            if (oldest.compareTo(position) > 0) {
                throw new DeploymentException(
                        Kind.OPLOG_GAP,
                        "the oplog no longer holds the entry " + position + ": its oldest is " + oldest,
                        "take a full backup, then read the oplog more often or make it larger (replSetResizeOplog)");
            }
            throw rollback("it holds no entry at that moment in term " + position.term());
        }

        private DeploymentException rollback(String evidence) {
            return new DeploymentException(
                    Kind.ROLLBACK,
                    "the replica set has another history than the one read so far: after the entry " + position + ", "
                            + evidence,
                    "take a full backup: what was restored, rolled back or initiated anew begins a new history");
        }
    }
}
