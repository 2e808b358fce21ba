package com.foodxchange.dr.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox is to be like. Immutable.
 *
 * @param folder where data and oplog lie between two starts, or null to keep them in memory until {@link Sandbox#close}
 * @param port the port to listen on, on loopback only; 0 takes a free one
 * @param replicaSet the name of the replica set, or null for a standalone server, which has no oplog
 * @param oplogEntries how many entries the oplog keeps before the oldest go
 * @param noopInterval how long the oplog may be quiet before the server writes a no-op into it; zero for never
 */
public record SandboxOptions(
        @Nullable Path folder, int port, @Nullable String replicaSet, int oplogEntries, Duration noopInterval) {
    private static final int OPLOG_ENTRIES = 200_000;

    public SandboxOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        if (replicaSet != null && !replicaSet.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException("'" + replicaSet + "' cannot be the name of a replica set");
        }
        if (oplogEntries < 1) {
            throw new IllegalArgumentException("an oplog of " + oplogEntries + " entries");
        }
        if (noopInterval.isNegative()) {
            throw new IllegalArgumentException("a no-op interval of " + noopInterval);
        }
    }

    /** A replica set of one whose data is gone when it is closed. */
    public static SandboxOptions inMemory() {
        return new SandboxOptions(null, 0, "sandbox", OPLOG_ENTRIES, Duration.ofSeconds(10));
    }

    /** A replica set of one whose data lies in that folder, which is created when it is missing. */
    public static SandboxOptions in(Path folder) {
        return new SandboxOptions(folder, 0, "sandbox", OPLOG_ENTRIES, Duration.ofSeconds(10));
    }

    public SandboxOptions withPort(int newPort) {
        return new SandboxOptions(folder, newPort, replicaSet, oplogEntries, noopInterval);
    }

    public SandboxOptions withReplicaSet(String name) {
        return new SandboxOptions(folder, port, name, oplogEntries, noopInterval);
    }

    /** A server that is no member of a replica set: no oplog, no operation times. */
    public SandboxOptions asStandalone() {
        return new SandboxOptions(folder, port, null, oplogEntries, noopInterval);
    }

    /** The bound of the oplog. Whatever it is, in memory the oplog never takes more than a quarter of the heap. */
    public SandboxOptions withOplogEntries(int max) {
        return new SandboxOptions(folder, port, replicaSet, max, noopInterval);
    }

    public SandboxOptions withNoopInterval(Duration interval) {
        return new SandboxOptions(folder, port, replicaSet, oplogEntries, interval);
    }
}
