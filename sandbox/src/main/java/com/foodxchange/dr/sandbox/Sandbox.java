package com.foodxchange.dr.sandbox;

import java.io.IOException;

/**
 * A MongoDB-compatible server in this process: a replica set of one, or a standalone. It is not MongoDB: it speaks the wire
 * protocol, keeps documents byte for byte and writes an oplog in the server's format, so that backup, restore and drills can
 * be tried where there is no MongoDB. No transactions, no change streams, no users, no time series, no JavaScript.
 *
 * <p>It listens on loopback only. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Sandbox implements AutoCloseable {
    /** What the server lets its clients do. */
    public enum Access {
        /** Everything, without a login; a login with a user's name fails, since there are no users. */
        OPEN,
        /** Everything but the handshake is answered with "command requires authentication". */
        LOGIN_REFUSED,
        /** As {@link #OPEN}, but whoever reads the database {@code local} is answered "not authorized". */
        OPLOG_DENIED
    }

    private Sandbox() {}

    /**
     * Starts a server and returns when it accepts connections.
     *
     * @throws IOException when the port is taken, or the folder cannot be used or is in use by another sandbox
     */
    public static Sandbox start(SandboxOptions options) throws IOException {
        throw new UnsupportedOperationException("not built yet: " + options);
    }

    /** The connection string, for example {@code mongodb://127.0.0.1:27017/?replicaSet=sandbox&directConnection=true}. */
    public String uri() {
        throw new UnsupportedOperationException();
    }

    public int port() {
        throw new UnsupportedOperationException();
    }

    /** Writes a no-op into the oplog, so that whoever waits for something later than an entry sees it. */
    public void writeNoop() {
        throw new UnsupportedOperationException();
    }

    /** Removes the oldest entries until {@code keep} are left, as if the oplog had rolled over. */
    public void trimOplog(int keep) {
        throw new UnsupportedOperationException();
    }

    /** Steps up anew: the term goes up by one, and every connection and cursor is gone. */
    public void electNewPrimary() {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes back the last {@code n} entries of the oplog and starts another history in a new term, as after a rollback:
     * what had been read of them no longer happened. Every connection and cursor is gone. Inserts, updates and deletes
     * among these entries are undone where the oplog tells how (an insert is removed); documents that were changed or
     * deleted, and collections that were created, dropped or renamed, stay as they are.
     */
    public void rollBackOplog(int n) {
        throw new UnsupportedOperationException();
    }

    /** Cuts every connection and refuses new ones, as if the machine were gone; the data stays. */
    public void goAway() {
        throw new UnsupportedOperationException();
    }

    /**
     * Listens again, on the same port.
     *
     * @throws IOException when another process has taken the port
     */
    public void comeBack() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Applies to what is asked from now on, also over open connections. */
    public void setAccess(Access access) {
        throw new UnsupportedOperationException("" + access);
    }

    /** Stops; what was acknowledged is on disk when there is a folder. May be called twice. */
    @Override
    public void close() {}
}
