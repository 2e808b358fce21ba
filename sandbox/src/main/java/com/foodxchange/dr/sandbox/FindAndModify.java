package com.foodxchange.dr.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code findAndModify}. */
final class FindAndModify implements Command {
    private final Server server;
    private final Retries retries;

    FindAndModify(Server server, Retries retries) {
        this.server = server;
        this.retries = retries;
    }

    @Override
    public void run(Request request, Writer reply) {
        Namespace namespace = request.namespace();
        boolean remove = request.flag("remove");
        Outcome outcome = server.write(() -> {
            Collection collection = server.catalog().forWrite(namespace);
            Retries.Run run = retries.of(request);
            Outcome known = run.known(0);
            if (known != null) {
                return known;
            }
            Changes changes = new Changes(server, collection, run.statement(0));
            Outcome result = remove ? remove(changes, request) : update(changes, request);
            run.remember(0, result);
            return result;
        });
        answer(outcome, remove, reply);
        Value answer = outcome.answer();
        reply.put(
                "value",
                answer == null
                        ? Value.NULL_VALUE
                        : Projection.of(request.document("fields")).apply(answer));
        Durability.wait(server, request, reply);
    }

    private static void answer(Outcome outcome, boolean remove, Writer reply) {
        Value upserted = outcome.upserted();
        reply.startDocument("lastErrorObject");
        reply.put("n", upserted == null ? (int) outcome.matched() : 1);
        if (!remove) {
            reply.put("updatedExisting", outcome.matched() > 0);
        }
        reply.putIf("upserted", upserted).close();
    }

    private static Records.@Nullable Stored first(Changes changes, Request request) {
        List<Records.Stored> found = changes.find(request.document("query"), request.document("sort"), false);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static Outcome remove(Changes changes, Request request) {
        Records.Stored found = first(changes, request);
        if (found == null) {
            return Outcome.changed(0);
        }
        changes.remove(found);
        return new Outcome(1, 1, null, found.document());
    }

    private static Outcome update(Changes changes, Request request) {
        Value filter = request.document("query");
        Update update = Update.of(
                request.required("update"), request.get("arrayFilters"), request.flag("bypassEmptyTsReplacement"));
        Records.Stored found = first(changes, request);
        boolean wantsNew = request.flag("new");
        if (found == null) {
            if (!request.flag("upsert")) {
                return Outcome.changed(0);
            }
            Value made = changes.upsert(filter, update);
            return new Outcome(0, 0, Collection.id(made), wantsNew ? made : null);
        }
        Value before = found.document();
        Value after = changes.apply(found, Matcher.of(filter), update);
        return new Outcome(1, after == null ? 0 : 1, null, wantsNew && after != null ? after : before);
    }
}
