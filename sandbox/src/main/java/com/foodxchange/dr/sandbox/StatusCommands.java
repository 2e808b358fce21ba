package com.foodxchange.dr.sandbox;

import java.util.Map;

/** How the server and its replica set are. */
final class StatusCommands {
    private static final String PARAMETER = "featureCompatibilityVersion";

    private final Server server;

    StatusCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("getParameter", StatusCommands::getParameter);
        commands.put("replSetGetConfig", this::config);
        commands.put("replSetGetStatus", this::status);
        commands.put("serverStatus", this::serverStatus);
        commands.put(
                "hostInfo",
                (request, reply) -> reply.startDocument("system")
                        .put("hostname", "localhost")
                        .close());
        commands.put(
                "getCmdLineOpts",
                (request, reply) ->
                        reply.startArray("argv").close().startDocument("parsed").close());
        commands.put(
                "getLog",
                (request, reply) ->
                        reply.put("totalLinesWritten", 0).startArray("log").close());
        commands.put("appendOplogNote", this::appendNote);
        commands.put("fsync", (request, reply) -> {
            server.commit();
            reply.put("numFiles", 1);
        });
    }

    private static void getParameter(Request request, Writer reply) {
        if (!request.flag(PARAMETER)) {
            throw new CommandException(72, "InvalidOptions", "no option found to get");
        }
        reply.startDocument(PARAMETER).put("version", Server.FEATURE_VERSION).close();
    }

    private Oplog requireOplog() {
        Oplog oplog = server.oplog();
        if (oplog == null) {
            throw new CommandException(76, "NoReplicationEnabled", "not running with --replSet");
        }
        return oplog;
    }

    private String setName() {
        String name = server.setName();
        return name == null ? "" : name;
    }

    private void appendNote(Request request, Writer reply) {
        requireOplog();
        server.writeNoop();
    }

    private void config(Request request, Writer reply) {
        Oplog oplog = requireOplog();
        reply.startDocument("config").put("_id", setName()).put("version", 1).put("term", oplog.term());
        reply.startArray("members").addDocument().put("_id", 0).put("host", server.address());
        reply.put("arbiterOnly", false).put("buildIndexes", true).put("hidden", false);
        reply.put("priority", 1.0).startDocument("tags").close();
        reply.put("secondaryDelaySecs", 0L).put("votes", 1).close().close();
        reply.put("protocolVersion", 1L).put("writeConcernMajorityJournalDefault", true);
        reply.startDocument("settings").put("chainingAllowed", true).put("heartbeatIntervalMillis", 2000);
        reply.put("replicaSetId", server.replicaSetId()).close().close();
    }

    private void status(Request request, Writer reply) {
        Oplog oplog = requireOplog();
        reply.put("set", setName()).putDate("date", server.clock().millis()).put("myState", 1);
        reply.put("term", oplog.term()).put("syncSourceHost", "").put("syncSourceId", -1);
        reply.put("heartbeatIntervalMillis", 2000L).put("majorityVoteCount", 1).put("writeMajorityCount", 1);
        reply.put("votingMembersCount", 1).put("writableVotingMembersCount", 1);
        optimes(oplog, reply);
        reply.startArray("members").addDocument().put("_id", 0).put("name", server.address());
        reply.put("health", 1.0).put("state", 1).put("stateStr", "PRIMARY");
        reply.put("uptime", (int) (server.uptimeMillis() / 1000));
        HandshakeCommands.opTime("optime", oplog, reply);
        reply.putDate("optimeDate", (oplog.last() >>> 32) * 1000);
        reply.put("configVersion", 1).put("configTerm", (int) oplog.term()).put("self", true);
        reply.close().close();
    }

    private static void optimes(Oplog oplog, Writer reply) {
        reply.startDocument("optimes");
        HandshakeCommands.opTime("lastCommittedOpTime", oplog, reply);
        reply.putDate("lastCommittedWallTime", oplog.lastWall());
        HandshakeCommands.opTime("readConcernMajorityOpTime", oplog, reply);
        HandshakeCommands.opTime("appliedOpTime", oplog, reply);
        HandshakeCommands.opTime("durableOpTime", oplog, reply);
        reply.putDate("lastAppliedWallTime", oplog.lastWall());
        reply.putDate("lastDurableWallTime", oplog.lastWall()).close();
    }

    private void serverStatus(Request request, Writer reply) {
        reply.put("host", server.address())
                .put("version", HandshakeCommands.VERSION)
                .put("process", "mongod");
        reply.put("pid", ProcessHandle.current().pid()).put("uptime", server.uptimeMillis() / 1000.0);
        reply.put("uptimeMillis", server.uptimeMillis())
                .putDate("localTime", server.clock().millis());
        reply.startDocument("storageEngine")
                .put("name", "sandbox")
                .put("persistent", true)
                .close();
        if (server.oplog() != null) {
            reply.startDocument("repl").put("setName", setName()).put("setVersion", 1);
            reply.put("isWritablePrimary", true).put("secondary", false);
            reply.put("primary", server.address()).put("me", server.address()).close();
        }
    }
}
