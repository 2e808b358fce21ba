package com.foodxchange.dr.sandbox;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What a driver asks to find out with whom it speaks. */
final class HandshakeCommands {
    static final String VERSION = "6.0.0";
    private static final int[] VERSION_PARTS = {6, 0, 0, 0};
    private static final int MAX_WIRE_VERSION = 17;
    private static final int MAX_DOCUMENT = 16 * 1024 * 1024;

    private final Server server;
    private final AtomicInteger connections = new AtomicInteger();

    HandshakeCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("hello", (request, reply) -> hello("isWritablePrimary", reply));
        commands.put("isMaster", (request, reply) -> hello("ismaster", reply));
        commands.put("ismaster", (request, reply) -> hello("ismaster", reply));
        commands.put("ping", (request, reply) -> {});
        commands.put("logout", (request, reply) -> {});
        commands.put("endSessions", (request, reply) -> {});
        commands.put("buildInfo", HandshakeCommands::buildInfo);
        commands.put("buildinfo", HandshakeCommands::buildInfo);
        commands.put("connectionStatus", HandshakeCommands::connectionStatus);
        commands.put("whatsmyuri", (request, reply) -> reply.put("you", "127.0.0.1:1"));
        commands.put("saslStart", HandshakeCommands::refuseLogin);
        commands.put("saslContinue", HandshakeCommands::refuseLogin);
        commands.put("authenticate", HandshakeCommands::refuseLogin);
    }

    /** No {@code topologyVersion}, so that drivers ask at intervals instead of keeping a question open. */
    private void hello(String primary, Writer reply) {
        Oplog oplog = server.oplog();
        String setName = server.setName();
        if (oplog != null && setName != null) {
            reply.startArray("hosts").add(server.address()).close();
            reply.put("setName", setName).put("setVersion", 1);
            reply.put(primary, true).put("secondary", false);
            reply.put("primary", server.address()).put("me", server.address());
            reply.put("electionId", electionId(oplog.term()));
            lastWrite(oplog, reply);
        } else {
            reply.put(primary, true);
        }
        reply.put("helloOk", true);
        reply.put("maxBsonObjectSize", MAX_DOCUMENT).put("maxMessageSizeBytes", 48_000_000);
        reply.put("maxWriteBatchSize", 100_000)
                .putDate("localTime", server.clock().millis());
        if (oplog != null) {
            reply.put("logicalSessionTimeoutMinutes", 30);
        }
        reply.put("connectionId", connections.incrementAndGet());
        reply.put("minWireVersion", 0).put("maxWireVersion", MAX_WIRE_VERSION).put("readOnly", false);
    }

    private static Value electionId(long term) {
        byte[] id = new byte[12];
        Value.LONGS.set(id, 4, Long.reverseBytes(term));
        Value.INTS.set(id, 0, Integer.reverseBytes(Integer.MAX_VALUE));
        return Value.objectId(id);
    }

    /** A replica set of one has a majority as soon as it has the write. */
    private static void lastWrite(Oplog oplog, Writer reply) {
        reply.startDocument("lastWrite");
        opTime("opTime", oplog, reply);
        reply.putDate("lastWriteDate", (oplog.last() >>> 32) * 1000);
        opTime("majorityOpTime", oplog, reply);
        reply.putDate("majorityWriteDate", (oplog.last() >>> 32) * 1000).close();
    }

    static void opTime(String name, Oplog oplog, Writer reply) {
        reply.startDocument(name)
                .putTimestamp("ts", oplog.last())
                .put("t", oplog.lastTerm())
                .close();
    }

    private static void buildInfo(Request request, Writer reply) {
        reply.put("version", VERSION)
                .put("gitVersion", "foodxchange-dr-sandbox")
                .startArray("modules");
        reply.close().put("sysInfo", "deprecated").startArray("versionArray");
        for (int part : VERSION_PARTS) {
            reply.add(Value.of(part));
        }
        reply.close().put("bits", 64).put("debug", false).put("maxBsonObjectSize", MAX_DOCUMENT);
        reply.startArray("storageEngines").add("sandbox").close();
    }

    private static void connectionStatus(Request request, Writer reply) {
        reply.startDocument("authInfo");
        reply.startArray("authenticatedUsers").close();
        reply.startArray("authenticatedUserRoles").close();
        if (request.flag("showPrivileges")) {
            reply.startArray("authenticatedUserPrivileges").close();
        }
        reply.close();
    }

    private static void refuseLogin(Request request, Writer reply) {
        throw new CommandException(18, "AuthenticationFailed", "Authentication failed.");
    }
}
