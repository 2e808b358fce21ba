package com.foodxchange.dr.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB-compatible server in this process: a replica set of one, or a standalone. It is not MongoDB: it speaks the wire
 * protocol, keeps documents byte for byte and writes an oplog in the server's format, so that backup, restore and drills can
 * be tried where there is no MongoDB. No transactions, no change streams, no users, no time series, no JavaScript.
 * Validators, expiry and the collation of queries are kept but not acted upon; of the indexes only unique ones are built.
 *
 * <p>In a folder, a write survives the end of the process at once if it asked for {@code w: majority} or {@code j: true},
 * else within a tenth of a second.
 *
 * <p>It listens on loopback only. Thread-safe.
 */
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

    private final Server server;
    private final Dispatcher dispatcher;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final int port;
    private @Nullable ServerSocket listener;
    private boolean closed;

    private Sandbox(Server server, int wantedPort) throws IOException {
        this.server = server;
        this.dispatcher = new Dispatcher(server);
        this.port = listen(wantedPort);
        server.setPort(port);
    }

    /**
     * Starts a server and returns when it accepts connections.
     *
     * @throws IOException when the port is taken, or the folder cannot be used or is in use by another sandbox
     */
    public static Sandbox start(SandboxOptions options) throws IOException {
        Server server = new Server(options);
        try {
            return new Sandbox(server, options.port());
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private int listen(int wantedPort) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort));
        } catch (IOException e) {
            socket.close();
            throw new IOException("cannot listen on port " + wantedPort + ": " + e.getMessage(), e);
        }
        listener = socket;
        Thread.ofVirtual().name("sandbox-accept").start(() -> accept(socket));
        return socket.getLocalPort();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().name("sandbox-connection").start(() -> serve(connection));
                if (socket.isClosed()) {
                    connection.close();
                }
            } catch (IOException e) {
                // closed on purpose, or a client that was gone before it was served
            }
        }
    }

    private void serve(Socket connection) {
        try {
            new Connection(connection, dispatcher).run();
        } finally {
            connections.remove(connection);
        }
    }

    /** The connection string, for example {@code mongodb://127.0.0.1:27017/?replicaSet=sandbox&directConnection=true}. */
    public String uri() {
        String set = server.setName() == null ? "" : "replicaSet=" + server.setName() + "&";
        return "mongodb://127.0.0.1:" + port + "/?" + set + "directConnection=true";
    }

    public int port() {
        return port;
    }

    /** Writes a no-op into the oplog, so that whoever waits for something later than an entry sees it. */
    public void writeNoop() {
        server.writeNoop();
    }

    /** Removes the oldest entries until {@code keep} are left, as if the oplog had rolled over; the newest always stays. */
    public void trimOplog(int keep) {
        server.trimOplog(keep);
    }

    /** Steps up anew: the term goes up by one, and every connection and cursor is gone. */
    public void electNewPrimary() {
        server.electNewPrimary();
        cutConnections();
    }

    /**
     * Takes back the last {@code n} entries of the oplog and starts another history in a new term, as after a rollback:
     * what had been read of them no longer happened. Every connection and cursor is gone. Documents that these entries
     * inserted are gone, too; documents that they changed or deleted, and collections that they created, dropped or
     * renamed, stay as they are. The timestamps of the new history are later than those that were taken back.
     */
    public void rollBackOplog(int n) {
        server.rollBackOplog(n);
        cutConnections();
    }

    /** Cuts every connection and refuses new ones, as if the machine were gone; the data stays. */
    public synchronized void goAway() {
        stopListening();
        server.killCursors();
        cutConnections();
    }

    /**
     * Listens again, on the same port.
     *
     * @throws IOException when another process has taken the port
     */
    public synchronized void comeBack() throws IOException {
        if (listener == null && !closed) {
            listen(port);
        }
    }

    /** Applies to what is asked from now on, also over open connections. */
    public void setAccess(Access access) {
        server.setAccess(access);
    }

    private void stopListening() {
        ServerSocket socket = listener;
        listener = null;
        if (socket != null) {
            closeQuietly(socket);
        }
    }

    private void cutConnections() {
        connections.forEach(Sandbox::closeQuietly);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // it is to be gone, and it is
        }
    }

    /** Stops; what was acknowledged is on disk when there is a folder. May be called twice. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stopListening();
        cutConnections();
        server.close();
    }
}
