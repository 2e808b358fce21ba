package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.deployment.ServerErrors;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The commands that a restore gives to its target, each tried again while the target is away. Thread-safe. */
final class Target {
    static final int NAMESPACE_NOT_FOUND = 26;
    static final int NAMESPACE_EXISTS = 48;

    private final MongoCluster client;
    private final Patience patience;

    Target(MongoCluster client, Patience patience) {
        this.client = client;
        this.patience = patience;
    }

    /** What is there under a name. */
    record Existing(Namespace namespace, CollectionSpec.Type type, BsonDocument options) {}

    /** The answer to a command: a document, or the refusal. */
    record Answer(@Nullable BsonDocument document, @Nullable MongoCommandException refusal, boolean again) {
        boolean refusedWith(int code) {
            return refusal != null && refusal.getErrorCode() == code;
        }

        /** The document, or what the refusal means. */
        BsonDocument orThrow(String activity) {
            if (document == null) {
                throw refusal == null ? new IllegalStateException(activity) : ServerErrors.translate(activity, refusal);
            }
            return document;
        }
    }

    Patience patience() {
        return patience;
    }

    MongoCluster client() {
        return client;
    }

    MongoDatabase database(String name) {
        return client.getDatabase(name).withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry());
    }

    /** Gives a command; what the server refuses for good is an answer too. */
    Answer ask(String database, BsonDocument command, String activity) throws InterruptedException {
        return patience.call(activity, again -> {
            try {
                return new Answer(database(database).runCommand(command, BsonDocument.class), null, again);
            } catch (MongoCommandException e) {
                if (ServerErrors.isTransient(e)) {
                    throw e;
                }
                return new Answer(null, e, again);
            }
        });
    }

    BsonDocument run(String database, BsonDocument command, String activity) throws InterruptedException {
        return ask(database, command, activity).orThrow(activity);
    }

    /** Acknowledged by a majority, so that no election takes it back; a majority that never answers is an error. */
    BsonDocument majority() {
        long timeout =
                Math.max(Duration.ofSeconds(10).toMillis(), patience.limit().toMillis());
        return new BsonDocument("w", new BsonString("majority")).append("wtimeout", new BsonInt64(timeout));
    }

    /** Everything in a database, by name; time-series buckets and system collections included. */
    Map<String, Existing> list(String database) throws InterruptedException {
        return patience.call("listing the collections of " + database, again -> {
            Map<String, Existing> existing = new TreeMap<>();
            for (BsonDocument entry :
                    database(database).listCollections(BsonDocument.class).into(new ArrayList<>())) {
                String name = entry.getString("name").getValue();
                existing.put(name, new Existing(new Namespace(database, name), type(entry), options(entry)));
            }
            return existing;
        });
    }

    private static CollectionSpec.Type type(BsonDocument entry) {
        return switch (entry.getString("type", new BsonString("collection")).getValue()) {
            case "view" -> CollectionSpec.Type.VIEW;
            case "timeseries" -> CollectionSpec.Type.TIMESERIES;
            default -> CollectionSpec.Type.COLLECTION;
        };
    }

    private static BsonDocument options(BsonDocument entry) {
        return entry.getDocument("options", new BsonDocument());
    }

    /** About how many documents (buckets of a time series) there are, from the server's statistics; 0 for a view. */
    long count(Existing existing) throws InterruptedException {
        Namespace namespace = existing.namespace();
        String name = switch (existing.type()) {
            case COLLECTION -> namespace.collection();
            case TIMESERIES -> Coverage.BUCKETS + namespace.collection();
            case VIEW -> "";
        };
        if (name.isEmpty()) {
            return 0;
        }
        BsonDocument command = new BsonDocument("count", new BsonString(name));
        return run(namespace.database(), command, "counting " + namespace)
                .getNumber("n", new BsonInt32(0))
                .longValue();
    }

    /** Removes a collection or view with all its documents; one that is not there is fine. */
    void drop(Namespace namespace) throws InterruptedException {
        BsonDocument command =
                new BsonDocument("drop", new BsonString(namespace.collection())).append("writeConcern", majority());
        String activity = "dropping " + namespace;
        Answer answer = ask(namespace.database(), command, activity);
        if (!answer.refusedWith(NAMESPACE_NOT_FOUND)) {
            answer.orThrow(activity);
        }
    }

    /** Removes every document of a collection and keeps the collection. */
    void deleteAll(Namespace namespace) throws InterruptedException {
        BsonDocument all = new BsonDocument("q", new BsonDocument()).append("limit", new BsonInt32(0));
        BsonDocument command = new BsonDocument("delete", new BsonString(namespace.collection()))
                .append("deletes", new BsonArray(List.of(all)))
                .append("writeConcern", majority());
        run(namespace.database(), command, "emptying " + namespace);
    }

    /**
     * Gives a collection its final name; with {@code replace} what has that name goes in the same step.
     *
     * @return false when something has that name and may not be replaced
     */
    boolean rename(Namespace from, Namespace to, boolean replace) throws InterruptedException {
        BsonDocument command = new BsonDocument("renameCollection", new BsonString(from.toString()))
                .append("to", new BsonString(to.toString()))
                .append("dropTarget", BsonBoolean.valueOf(replace))
                .append("writeConcern", majority());
        String activity = "renaming " + from + " to " + to;
        Answer answer = ask("admin", command, activity);
        // an earlier attempt whose answer was lost has done it
        boolean done = answer.again() && answer.refusedWith(NAMESPACE_NOT_FOUND);
        if (answer.refusedWith(NAMESPACE_EXISTS)) {
            return false;
        }
        if (!done) {
            answer.orThrow(activity);
        }
        return true;
    }
}
