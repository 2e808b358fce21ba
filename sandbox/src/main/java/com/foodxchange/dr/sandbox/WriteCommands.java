package com.foodxchange.dr.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code insert}, {@code update}, {@code delete}: statement after statement, with the errors of each. */
final class WriteCommands {
    private static final int MAX_STATEMENTS = 100_000;

    private final Server server;
    private final Retries retries = new Retries();

    WriteCommands(Server server) {
        this.server = server;
    }

    void register(Map<String, Command> commands) {
        commands.put("insert", this::insert);
        commands.put("update", this::update);
        commands.put("delete", this::delete);
        FindAndModify findAndModify = new FindAndModify(server, retries);
        commands.put("findAndModify", findAndModify);
        commands.put("findandmodify", findAndModify);
    }

    /** One statement: does it, and returns what came of it. */
    private interface Step {
        Outcome run(Collection collection, Value statement, @Nullable Statement id);
    }

    private void insert(Request request, Writer reply) {
        boolean keep = request.flag("bypassEmptyTsReplacement");
        // made ready outside of the lock, so that many clients can do it at once
        List<byte[]> prepared = null;
        try {
            prepared = request.documents("documents").stream()
                    .map(document -> NewDocument.prepare(document, keep))
                    .toList();
        } catch (CommandException e) {
            // one of them is refused: then each is made ready in its turn
        }
        List<byte[]> ready = prepared;
        int[] next = {0};
        run(request, "documents", reply, (collection, document, id) -> {
            byte[] bytes = ready == null ? NewDocument.prepare(document, keep) : ready.get(next[0]++);
            collection.insert(bytes);
            Oplog oplog = server.oplog();
            if (oplog != null && collection.namespace().isReplicated()) {
                oplog.insert(collection, bytes, id);
            }
            return Outcome.changed(1);
        });
    }

    private void update(Request request, Writer reply) {
        boolean keep = request.flag("bypassEmptyTsReplacement");
        run(
                request,
                "updates",
                reply,
                (collection, statement, id) -> new Changes(server, collection, id).update(statement, keep));
    }

    private void delete(Request request, Writer reply) {
        run(
                request,
                "deletes",
                reply,
                (collection, statement, id) -> new Changes(server, collection, id).delete(statement));
    }

    private void run(Request request, String field, Writer reply, Step step) {
        Namespace namespace = request.namespace();
        List<Value> statements = request.documents(field);
        if (statements.isEmpty() || statements.size() > MAX_STATEMENTS) {
            throw new CommandException(
                    16,
                    "InvalidLength",
                    "Write batch sizes must be between 1 and " + MAX_STATEMENTS + ". Got " + statements.size()
                            + " operations.");
        }
        WriteResult result = new WriteResult(field.equals("updates"));
        server.write(() -> {
            Collection collection = server.catalog().forWrite(namespace);
            Retries.Run run = retries.of(request);
            Value ordered = request.get("ordered");
            for (int at = 0; at < statements.size(); at++) {
                try {
                    Outcome known = run.known(at);
                    Outcome outcome = known;
                    if (outcome == null) {
                        outcome = step.run(collection, statements.get(at), run.statement(at));
                        run.remember(at, outcome);
                    }
                    result.add(at, outcome);
                } catch (CommandException e) {
                    result.fail(at, e);
                    if (ordered == null || ordered.truth()) {
                        break;
                    }
                }
            }
            return true;
        });
        result.write(reply);
        Durability.wait(server, request, reply);
    }
}
