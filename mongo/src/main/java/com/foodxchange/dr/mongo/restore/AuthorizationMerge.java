package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.Target.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Lets the server take users and roles over from the temporary collections that they were loaded into, with the command
 * that mongorestore uses. The user that restores stays as it is: nobody may lock himself out.
 */
final class AuthorizationMerge {
    private static final String ADMIN = "admin";
    private static final String USERS = "system.users";
    private static final int COMMAND_NOT_FOUND = 59;

    private final Target target;
    private final Findings findings;
    private final boolean drop;

    AuthorizationMerge(Target target, Findings findings, boolean drop) {
        this.target = target;
        this.findings = findings;
        this.drop = drop;
    }

    /** Merges what lies at these places; the keys are {@code system.users} and {@code system.roles}. */
    void merge(Map<String, Namespace> places) throws InterruptedException {
        boolean exclusive = drop && keepOwnUsers(places.get(USERS));
        BsonDocument command = new BsonDocument("_mergeAuthzCollections", new BsonInt32(1));
        places.forEach((name, place) -> command.append(
                name.equals(USERS) ? "tempUsersCollection" : "tempRolesCollection", new BsonString(place.toString())));
        command.append("db", new BsonString(""))
                .append("drop", BsonBoolean.valueOf(exclusive))
                .append("writeConcern", target.majority());
        String activity = "putting users and roles back";
        Answer answer = target.ask(ADMIN, command, activity);
        if (answer.refusedWith(COMMAND_NOT_FOUND)) {
            for (Map.Entry<String, Namespace> place : places.entrySet()) {
                copy(place.getValue(), place.getKey(), exclusive);
            }
        } else {
            answer.orThrow(activity);
        }
    }

    /** Puts the users that this connection has as they are now among those to be restored; false when it may not. */
    private boolean keepOwnUsers(@Nullable Namespace temporary) throws InterruptedException {
        if (temporary == null) {
            return true;
        }
        BsonDocument status =
                target.run(ADMIN, new BsonDocument("connectionStatus", new BsonInt32(1)), "asking who is restoring");
        BsonArray own =
                status.getDocument("authInfo", new BsonDocument()).getArray("authenticatedUsers", new BsonArray());
        for (BsonValue user : own) {
            List<RawBsonDocument> documents = find(USERS, user.asDocument());
            if (documents.isEmpty()) {
                findings.note(
                        ADMIN + "." + USERS,
                        "users that the moment does not have were kept, since the restoring user could not be read");
                return false;
            }
            put(temporary.collection(), documents.getFirst());
        }
        return true;
    }

    private List<RawBsonDocument> find(String collection, BsonDocument filter) throws InterruptedException {
        return target.patience()
                .call(
                        "reading " + ADMIN + "." + collection,
                        again -> target.database(ADMIN)
                                .getCollection(collection, RawBsonDocument.class)
                                .find(filter)
                                .into(new ArrayList<>()));
    }

    private void put(String collection, BsonDocument document) throws InterruptedException {
        BsonDocument filter = new BsonDocument("_id", document.get("_id"));
        write(
                "update",
                collection,
                "updates",
                new BsonDocument("q", filter).append("u", document).append("upsert", BsonBoolean.TRUE));
    }

    private void write(String command, String collection, String field, BsonDocument operation)
            throws InterruptedException {
        target.run(
                ADMIN,
                new BsonDocument(command, new BsonString(collection))
                        .append(field, new BsonArray(List.of(operation)))
                        .append("writeConcern", target.majority()),
                "writing to " + ADMIN + "." + collection);
    }

    /** For deployments without the command. */
    private void copy(Namespace place, String collection, boolean exclusive) throws InterruptedException {
        Map<BsonValue, RawBsonDocument> documents = new HashMap<>();
        find(place.collection(), new BsonDocument()).forEach(document -> documents.put(document.get("_id"), document));
        for (RawBsonDocument document : documents.values()) {
            put(collection, document);
        }
        if (exclusive) {
            BsonDocument others =
                    new BsonDocument("_id", new BsonDocument("$nin", new BsonArray(List.copyOf(documents.keySet()))));
            write("delete", collection, "deletes", new BsonDocument("q", others).append("limit", new BsonInt32(0)));
        }
    }
}
