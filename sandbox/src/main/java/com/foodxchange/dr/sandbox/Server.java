package com.foodxchange.dr.sandbox;

import com.foodxchange.dr.sandbox.Sandbox.Access;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** What all connections share: data, oplog, cursors and the lock under which everything is written. */
final class Server implements AutoCloseable {
    /** Under this key the store describes the server; the other keys are collections. */
    static final String DESCRIPTION = "server";

    private static final long FOLDER_OPLOG_BYTES = 1L << 30;
    private static final long COMMIT_MILLIS = 100;
    private static final long TIDY_MILLIS = 10_000;
    static final String FEATURE_VERSION = "6.0";

    private final Store store;
    private final InstantSource clock = InstantSource.system();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final @Nullable String setName;
    private final @Nullable Oplog oplog;
    private final Catalog catalog;
    private final Cursors cursors = new Cursors();
    private final Duration noopInterval;
    private final long started = clock.millis();
    private volatile Access access = Access.OPEN;
    private volatile boolean dirty;
    private volatile boolean closed;
    private Value replicaSetId = Value.objectId(new byte[12]);
    private int port;

    Server(SandboxOptions options) throws IOException {
        this.setName = options.replicaSet();
        this.noopInterval = options.noopInterval();
        this.store = options.folder() == null ? new MemoryStore() : DiskStore.open(options.folder());
        long maxBytes = options.folder() == null ? Runtime.getRuntime().maxMemory() / 4 : FOLDER_OPLOG_BYTES;
        this.oplog = setName == null ? null : new Oplog(store, clock, options.oplogEntries(), maxBytes);
        this.catalog = new Catalog(store, oplog);
        startTerm();
        createOwnCollections();
        Thread.ofVirtual().name("sandbox-housekeeping").start(this::keepHouse);
    }

    /** The identity that the replica set got at its first start. */
    Value replicaSetId() {
        return replicaSetId;
    }

    /** Every start of a replica set of one is an election. */
    private void startTerm() {
        if (oplog == null) {
            return;
        }
        byte[] description = store.descriptions().get(DESCRIPTION);
        Value term = description == null ? null : Value.document(description).get("term");
        Value set = description == null ? null : Value.document(description).get("set");
        long next = term == null ? 1 : term.number() + 1;
        replicaSetId = set == null ? Value.objectId(new ObjectId().toByteArray()) : set;
        oplog.startTerm(next);
        store.descriptions()
                .put(
                        DESCRIPTION,
                        Writer.document()
                                .put("term", next)
                                .put("set", replicaSetId)
                                .finish()
                                .toBytes());
        store.commit();
    }

    /** What every server has from its first start on: users' tools meet it, so ours has to cope with it. */
    private void createOwnCollections() {
        Namespace version = new Namespace("admin", "system.version");
        if (catalog.find(version) != null) {
            return;
        }
        byte[] feature = Writer.document()
                .put("_id", "featureCompatibilityVersion")
                .put("version", FEATURE_VERSION)
                .finish()
                .bytes();
        Collection collection = catalog.create(version, Value.EMPTY_DOCUMENT);
        collection.insert(feature);
        if (oplog != null) {
            oplog.insert(collection, feature, null);
            catalog.create(new Namespace("config", "transactions"), Value.EMPTY_DOCUMENT);
        }
        store.commit();
    }

    /** Commits what was written, and writes a no-op when the oplog was quiet for too long. */
    private void keepHouse() {
        try {
            for (long rounds = 1; !closed; rounds++) {
                TimeUnit.MILLISECONDS.sleep(COMMIT_MILLIS);
                if (dirty) {
                    commit();
                }
                if (rounds % (TIDY_MILLIS / COMMIT_MILLIS) == 0) {
                    tidy();
                }
                if (oplog != null && !noopInterval.isZero() && isQuiet(oplog)) {
                    writeNoop();
                }
            }
        } catch (CommandException e) {
            // closed between two looks
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isQuiet(Oplog log) {
        return clock.millis() - log.lastWall() >= noopInterval.toMillis();
    }

    private void tidy() {
        cursors.removeIdle();
        locked(() -> {
            if (!closed) {
                store.tidy();
            }
            return true;
        });
    }

    void commit() {
        locked(() -> {
            if (dirty && !closed) {
                dirty = false;
                store.commit();
            }
            return true;
        });
    }

    /** Runs something that writes, alone, and wakes those who wait for what it wrote. */
    <T> T write(Supplier<T> change) {
        return locked(() -> {
            if (closed) {
                throw new CommandException(91, "ShutdownInProgress", "the server is shutting down");
            }
            dirty = true;
            try {
                return change.get();
            } finally {
                written.signalAll();
            }
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is there, or until the time is over; {@code look} is called under the lock. */
    void await(long millis, Supplier<Boolean> look) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!look.get() && left > 0 && !closed) {
                left = written.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void writeNoop() {
        Oplog log = requireOplog();
        write(() -> {
            log.noop();
            return true;
        });
    }

    void trimOplog(int keep) {
        Oplog log = requireOplog();
        write(() -> {
            log.trim(keep);
            return true;
        });
    }

    void electNewPrimary() {
        requireOplog();
        write(() -> {
            startTerm();
            return true;
        });
        killCursors();
    }

    void rollBackOplog(int n) {
        Oplog log = requireOplog();
        write(() -> {
            for (int taken = 0; taken < n; taken++) {
                Records.Stored entry = log.takeBack();
                if (entry == null) {
                    break;
                }
                undo(entry.document());
            }
            startTerm();
            return true;
        });
        killCursors();
    }

    private void undo(Value entry) {
        Value op = entry.get("op");
        Value document = entry.get("o");
        Value namespace = entry.get("ns");
        if (op == null || document == null || namespace == null || !op.string().equals("i")) {
            return;
        }
        Collection collection = catalog.find(Namespace.parse(namespace.string()));
        Records.Stored stored = collection == null ? null : collection.find(Collection.id(document));
        if (collection != null && stored != null) {
            collection.remove(stored);
        }
    }

    void killCursors() {
        cursors.killAll();
        write(() -> true);
    }

    private Oplog requireOplog() {
        if (oplog == null) {
            throw new IllegalStateException("a standalone server has no oplog");
        }
        return oplog;
    }

    Catalog catalog() {
        return catalog;
    }

    @Nullable
    Oplog oplog() {
        return oplog;
    }

    Cursors cursors() {
        return cursors;
    }

    InstantSource clock() {
        return clock;
    }

    @Nullable
    String setName() {
        return setName;
    }

    long uptimeMillis() {
        return clock.millis() - started;
    }

    Access access() {
        return access;
    }

    void setAccess(Access newAccess) {
        access = newAccess;
    }

    int port() {
        return port;
    }

    void setPort(int newPort) {
        port = newPort;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        locked(() -> {
            if (!closed) {
                closed = true;
                written.signalAll();
                store.close();
            }
            return true;
        });
    }
}
