package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.Target.Answer;
import com.mongodb.MongoCommandException;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Creates a collection or view with the options that listCollections reported for it. What a server of another version
 * does not know is left out and reported. Thread-safe.
 */
final class CollectionOptions {
    /** Set by the server itself, or refused by every server that is still in use. */
    private static final Set<String> NOT_OURS =
            Set.of("uuid", "temp", "flags", "idIndex", "autoIndexId", "recordIdsReplicated", "create");

    private static final String EXPIRY = "expireAfterSeconds";
    private static final String COLLATION = "collation";
    /** IDLUnknownField, and InvalidOptions of servers before 4.4. */
    private static final Set<Integer> UNKNOWN_FIELD = Set.of(40415, 72);

    private static final int INCOMPATIBLE_COLLATION_VERSION = 161;

    private final Target target;
    private final Findings findings;

    CollectionOptions(Target target, Findings findings) {
        this.target = target;
        this.findings = findings;
    }

    /**
     * Creates {@code place}. Documents that have expired must not go before they were read back, so an expiry is left to
     * {@link #startExpiry}.
     *
     * @param subject the final name, for findings
     */
    void create(Namespace place, Namespace subject, BsonDocument options) throws InterruptedException {
        BsonDocument command = new BsonDocument("create", new BsonString(place.collection()));
        options.forEach((name, value) -> {
            if (!NOT_OURS.contains(name) && !name.equals(EXPIRY)) {
                command.append(name, value);
            }
        });
        if (options.containsKey("autoIndexId")
                && !options.getBoolean("autoIndexId").getValue()) {
            findings.note(subject, "the collection had no index on _id; a replica set does not allow that any more");
        }
        command.append("writeConcern", target.majority());
        give(place, subject, command);
    }

    private void give(Namespace place, Namespace subject, BsonDocument command) throws InterruptedException {
        String activity = "creating " + subject;
        while (true) {
            Answer answer = target.ask(place.database(), command, activity);
            MongoCommandException refusal = answer.refusal();
            if (refusal == null || (answer.again() && answer.refusedWith(Target.NAMESPACE_EXISTS))) {
                return;
            }
            if (answer.refusedWith(INCOMPATIBLE_COLLATION_VERSION)
                    && command.containsKey(COLLATION)
                    && command.getDocument(COLLATION).remove("version") != null) {
                findings.note(subject, "the server sorts by another version of the collation's rules");
                continue;
            }
            String unknown = unknownOption(refusal, command);
            if (unknown == null) {
                answer.orThrow(activity);
                return;
            }
            command.remove(unknown);
            findings.problem(subject, "the server does not take the option '" + unknown + "'; it was left out");
        }
    }

    /** The option that the refusal names, in either form that servers use. */
    private static @Nullable String unknownOption(MongoCommandException refusal, BsonDocument command) {
        if (!UNKNOWN_FIELD.contains(refusal.getErrorCode())) {
            return null;
        }
        String message = refusal.getErrorMessage();
        for (String name : command.keySet()) {
            boolean named = message.contains("'create." + name + "'") || message.contains("'" + name + "'");
            if (named && !name.equals("create") && !name.equals("writeConcern")) {
                return name;
            }
        }
        return null;
    }

    /** Lets the server delete what has expired, from now on. */
    void startExpiry(Namespace place, Namespace subject, BsonDocument options) throws InterruptedException {
        if (options.containsKey(EXPIRY)) {
            BsonDocument command = new BsonDocument("collMod", new BsonString(place.collection()))
                    .append(EXPIRY, options.get(EXPIRY))
                    .append("writeConcern", target.majority());
            target.run(place.database(), command, "setting the expiry of " + subject);
        }
    }

    /** Whether the collection has a collation of its own that indexes take over. */
    static boolean hasCollation(BsonDocument options) {
        return options.containsKey(COLLATION)
                && !options.getDocument(COLLATION)
                        .getString("locale", new BsonString("simple"))
                        .getValue()
                        .equals("simple");
    }
}
