package com.foodxchange.dr.sandbox;

import com.foodxchange.dr.sandbox.Sandbox.Access;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Finds what does a command, and turns its outcome into an answer. */
final class Dispatcher {
    private static final Set<String> WITHOUT_LOGIN = Set.of(
            "hello",
            "isMaster",
            "ismaster",
            "ping",
            "buildInfo",
            "buildinfo",
            "saslStart",
            "saslContinue",
            "logout",
            "endSessions",
            "whatsmyuri",
            "authenticate");

    private final Server server;
    private final Map<String, Command> commands = new HashMap<>();

    Dispatcher(Server server) {
        this.server = server;
        new HandshakeCommands(server).register(commands);
        new StatusCommands(server).register(commands);
        new StatisticsCommands(server).register(commands);
        new ListCommands(server).register(commands);
        new CatalogCommands(server).register(commands);
        new RenameCommand(server).register(commands);
        new IndexCommands(server).register(commands);
        new WriteCommands(server).register(commands);
        new CursorCommands(server).register(commands);
        new QueryCommands(server).register(commands);
        commands.put("find", new FindCommand(server));
    }

    /** Writes a whole document with the answer. */
    void run(Request request, Writer reply) {
        int length = reply.length();
        reply.open();
        int start = reply.length();
        try {
            check(request);
            command(request).run(request, reply);
            reply.put("ok", 1.0);
        } catch (CommandException e) {
            reply.rewind(length, 0);
            reply.open();
            fail(e, reply);
        } catch (RuntimeException e) {
            reply.rewind(length, 0);
            reply.open();
            fail(new CommandException(8, "UnknownError", "the sandbox failed: " + e), reply);
        }
        times(reply, start);
        reply.close();
    }

    private static void fail(CommandException e, Writer reply) {
        reply.put("ok", 0.0).put("errmsg", e.text()).put("code", e.code()).put("codeName", e.codeName());
        Value details = e.details();
        if (details != null) {
            reply.putAll(details);
        }
    }

    private Command command(Request request) {
        Command command = commands.get(request.command());
        if (command == null) {
            throw new CommandException(59, "CommandNotFound", "no such command: '" + request.command() + "'");
        }
        return command;
    }

    private void check(Request request) {
        if (server.access() == Access.LOGIN_REFUSED && !WITHOUT_LOGIN.contains(request.command())) {
            throw new CommandException(13, "Unauthorized", "Command " + request.command() + " requires authentication");
        }
        if (server.access() == Access.OPLOG_DENIED
                && request.database().equals("local")
                && !WITHOUT_LOGIN.contains(request.command())) {
            throw new CommandException(
                    13, "Unauthorized", "not authorized on local to execute command " + withoutDatabase(request));
        }
        if (request.get("startTransaction") != null || request.get("autocommit") != null) {
            throw CommandException.illegalOperation("the sandbox has no transactions");
        }
    }

    private static String withoutDatabase(Request request) {
        String text = request.body().toString();
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private void times(Writer reply, int start) {
        Oplog oplog = server.oplog();
        if (oplog != null && start >= 0) {
            reply.startDocument("$clusterTime").putTimestamp("clusterTime", oplog.last());
            reply.startDocument("signature")
                    .put("hash", new Value(Value.BINARY, signature(), 0, 25))
                    .put("keyId", 0L);
            reply.close().close().putTimestamp("operationTime", oplog.last());
        }
    }

    private static byte[] signature() {
        byte[] hash = new byte[25];
        hash[0] = 20;
        return hash;
    }
}
