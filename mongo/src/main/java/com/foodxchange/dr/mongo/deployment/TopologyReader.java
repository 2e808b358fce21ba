package com.foodxchange.dr.mongo.deployment;

import com.foodxchange.dr.mongo.deployment.Topology.Kind;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Asks a server what it is. */
final class TopologyReader {
    private final MongoClient client;

    TopologyReader(MongoClient client) {
        this.client = client;
    }

    Topology read(BsonDocument hello) {
        boolean isMember = hello.containsKey("setName");
        return new Topology(
                isMember ? Kind.REPLICA_SET : Kind.STANDALONE,
                isMember ? hello.getString("setName").getValue() : null,
                isMember ? replicaSetId() : null,
                hosts(hello),
                run("admin", command("buildInfo")).getString("version").getValue(),
                fcv());
    }

    private static List<String> hosts(BsonDocument hello) {
        List<String> hosts = new ArrayList<>();
        for (String role : List.of("hosts", "passives")) {
            for (BsonValue host : hello.getArray(role, new BsonArray())) {
                hosts.add(host.asString().getValue());
            }
        }
        return hosts;
    }

    private @Nullable String fcv() {
        BsonDocument answer =
                runIfAllowed("admin", command("getParameter").append("featureCompatibilityVersion", new BsonInt32(1)));
        if (answer == null || !answer.isDocument("featureCompatibilityVersion")) {
            return null;
        }
        BsonValue version = answer.getDocument("featureCompatibilityVersion").get("version");
        return version != null && version.isString() ? version.asString().getValue() : null;
    }

    /** The role {@code backup} may not run replSetGetConfig, but read the collection where it is kept. */
    private @Nullable String replicaSetId() {
        BsonDocument answer = runIfAllowed("admin", command("replSetGetConfig"));
        String id = answer == null ? null : id(answer.getDocument("config", new BsonDocument()));
        if (id != null) {
            return id;
        }
        BsonDocument stored = runIfAllowed(
                "local", new BsonDocument("find", new BsonString("system.replset")).append("limit", new BsonInt32(1)));
        BsonArray found = stored == null
                ? new BsonArray()
                : stored.getDocument("cursor", new BsonDocument()).getArray("firstBatch", new BsonArray());
        return found.isEmpty() ? null : id(found.get(0).asDocument());
    }

    private static @Nullable String id(BsonDocument config) {
        BsonDocument settings = config.getDocument("settings", new BsonDocument());
        return settings.isObjectId("replicaSetId")
                ? settings.getObjectId("replicaSetId").getValue().toHexString()
                : null;
    }

    private static BsonDocument command(String name) {
        return new BsonDocument(name, new BsonInt32(1));
    }

    private BsonDocument run(String database, BsonDocument command) {
        return client.getDatabase(database).runCommand(command, ReadPreference.nearest(), RawBsonDocument.class);
    }

    /** The answer, or null when the server refuses: what is asked for is good to know, not needed. */
    private @Nullable BsonDocument runIfAllowed(String database, BsonDocument command) {
        try {
            return run(database, command);
        } catch (MongoException e) {
            if (ServerErrors.isTransient(e) || ServerErrors.isLoginMissing(e)) {
                throw e;
            }
            return null;
        }
    }
}
