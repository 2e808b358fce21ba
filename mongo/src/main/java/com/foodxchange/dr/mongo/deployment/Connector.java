package com.foodxchange.dr.mongo.deployment;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Deployment} of a URI. Used once. */
final class Connector {
    private static final String CONNECTING = "connecting";
    private static final int NOBODY_ANSWERS_SECONDS = 10;
    /** Looking for the other members of a set that one member told of: they may not be reachable under those names. */
    private static final int OTHER_MEMBERS_SECONDS = 5;
    /** A reader rather hears soon that its member is gone. */
    private static final int MEMBER_GONE_SECONDS = 3;
    /** A reply that takes longer is lost: the machine or the network is gone without a word. */
    private static final int REPLY_SECONDS = 180;

    private static final int ATTEMPTS = 3;

    private final ConnectionString uri;
    private final List<MongoClient> open = new ArrayList<>();

    Connector(String uri) {
        this.uri = parse(uri);
    }

    private static ConnectionString parse(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException | MongoConfigurationException e) {
            // What the driver says may hold a part of the password.
            String detail = uri.indexOf('@') >= 0 || e.getMessage() == null ? "" : ": " + e.getMessage();
            throw new DeploymentException(
                    Kind.INVALID,
                    "the URI is not a MongoDB connection string" + detail,
                    "write mongodb://USER:PASSWORD@HOST:PORT,HOST:PORT/?replicaSet=NAME with special characters percent-encoded",
                    e);
        } catch (MongoException e) {
            throw ServerErrors.translate("looking up the hosts of the URI", e);
        }
    }

    Deployment connect() throws InterruptedException {
        try {
            return connectAndLook();
        } catch (MongoInterruptedException e) {
            throw new InterruptedException(e.getMessage());
        } catch (MongoException e) {
            throw ServerErrors.translate(CONNECTING, e);
        } finally {
            open.forEach(MongoClient::close);
        }
    }

    private Deployment connectAndLook() {
        MongoClient client = client(builder(NOBODY_ANSWERS_SECONDS));
        BsonDocument hello = hello(client);
        refuseRouter(hello);
        String setName =
                hello.containsKey("setName") ? hello.getString("setName").getValue() : null;
        boolean single = client.getClusterDescription().getConnectionMode() == ClusterConnectionMode.SINGLE;
        MongoClient whole = single && setName != null && uri.isDirectConnection() == null ? wholeSet(setName) : null;
        if (whole == null && single) {
            refuseUnreadable(hello);
        }
        MemberPin pin = new MemberPin(preference());
        MongoClient reader = client(reader(pin, whole == null ? null : setName));
        BsonDocument member = null;
        Topology topology = null;
        for (int attempt = 1; topology == null || member == null; attempt++) {
            waitForMember(reader, pin);
            try {
                member = hello(reader);
                topology = new TopologyReader(reader).read(member);
            } catch (MongoException e) {
                // The member may have gone away just now, and another may be there.
                if (attempt == ATTEMPTS || !ServerErrors.isTransient(e)) {
                    throw e;
                }
            }
        }
        MongoClient writer = whole == null ? client : whole;
        open.remove(writer);
        open.remove(reader);
        return new Deployment(writer, reader, pin, topology, member.containsKey("logicalSessionTimeoutMinutes"));
    }

    private ReadPreference preference() {
        ReadPreference wanted = uri.getReadPreference();
        return wanted == null ? ReadPreference.secondaryPreferred() : wanted;
    }

    private MongoClient client(MongoClientSettings.Builder settings) {
        MongoClient client = MongoClients.create(settings.build());
        open.add(client);
        return client;
    }

    private MongoClientSettings.Builder builder(int selectionSeconds) {
        return MongoClientSettings.builder()
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .applicationName("foodxchange-dr")
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(selectionSeconds, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(MEMBER_GONE_SECONDS, TimeUnit.SECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(2, TimeUnit.SECONDS))
                .applyConnectionString(uri);
    }

    private MongoClientSettings.Builder reader(MemberPin pin, @Nullable String setName) {
        MongoClientSettings.Builder settings = wholeSetSettings(MEMBER_GONE_SECONDS, setName)
                .retryReads(false)
                .applyToClusterSettings(cluster -> cluster.serverSelector(pin));
        if (uri.getSocketTimeout() == null) {
            settings.applyToSocketSettings(socket -> socket.readTimeout(REPLY_SECONDS, TimeUnit.SECONDS));
        }
        return settings;
    }

    private MongoClientSettings.Builder wholeSetSettings(int selectionSeconds, @Nullable String setName) {
        MongoClientSettings.Builder settings = builder(selectionSeconds);
        if (setName != null) {
            settings.applyToClusterSettings(
                    cluster -> cluster.mode(ClusterConnectionMode.MULTIPLE).requiredReplicaSetName(setName));
        }
        return settings;
    }

    /** The set that the one member belongs to; null when its members cannot be reached under the names it has for them. */
    private @Nullable MongoClient wholeSet(String setName) {
        MongoClient whole = client(wholeSetSettings(NOBODY_ANSWERS_SECONDS, setName));
        long limit = whole.getClusterDescription().getClusterSettings().getServerSelectionTimeout(TimeUnit.NANOSECONDS);
        long end = System.nanoTime() + Math.min(limit, TimeUnit.SECONDS.toNanos(OTHER_MEMBERS_SECONDS));
        while (System.nanoTime() < end) {
            ClusterDescription cluster = whole.getClusterDescription();
            if (cluster.hasReadableServer(ReadPreference.nearest())) {
                return whole;
            }
            pause();
        }
        return null;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("interrupted while connecting", e);
        }
    }

    private BsonDocument hello(MongoClient client) {
        try {
            return Deployment.hello(client, ReadPreference.nearest());
        } catch (MongoTimeoutException e) {
            throw nobody(client.getClusterDescription(), e);
        }
    }

    private static void waitForMember(MongoClient reader, MemberPin pin) {
        long start = System.nanoTime();
        // A moment for every member to answer, since a secondary is the better choice and one that is down no reason to
        // wait.
        while (someoneMayAnswer(reader.getClusterDescription())
                && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1)) {
            pause();
        }
        while (!pin.choose(reader.getClusterDescription())) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(NOBODY_ANSWERS_SECONDS)) {
                throw nobody(reader.getClusterDescription(), null);
            }
            pause();
        }
    }

    private static boolean someoneMayAnswer(ClusterDescription cluster) {
        return cluster.getServerDescriptions().stream()
                .anyMatch(server ->
                        server.getState() == ServerConnectionState.CONNECTING && server.getException() == null);
    }

    private static DeploymentException nobody(ClusterDescription cluster, @Nullable MongoException cause) {
        List<String> reasons = new ArrayList<>();
        for (ServerDescription server : cluster.getServerDescriptions()) {
            reasons.add(server.getAddress() + " " + state(server));
        }
        MongoException lookup = cluster.getSrvResolutionException();
        if (lookup != null) {
            reasons.add(ServerErrors.reason(lookup));
        }
        String message = "no server of the deployment can be read: "
                + (reasons.isEmpty() ? "no member of that replica set was found" : String.join(", ", reasons));
        String hint = "see whether the servers run and can be reached from here, and whether host, port and replicaSet"
                + " in the URI are right";
        return cause == null
                ? new DeploymentException(Kind.UNREACHABLE, message, hint)
                : new DeploymentException(Kind.UNREACHABLE, message, hint, cause);
    }

    private static String state(ServerDescription server) {
        if (server.getException() instanceof MongoException failure) {
            return "does not answer (" + ServerErrors.reason(failure) + ")";
        }
        return server.isOk()
                ? "is " + server.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : "does not answer";
    }

    private static void refuseRouter(BsonDocument hello) {
        if (hello.getString("msg", new BsonString("")).getValue().equals("isdbgrid")) {
            throw new DeploymentException(
                    Kind.UNSUPPORTED,
                    "this is a mongos, and sharded clusters are not supported yet",
                    "name a replica set; each shard of a cluster is one");
        }
    }

    private static void refuseUnreadable(BsonDocument hello) {
        boolean isMember = hello.containsKey("setName") || isTrue(hello, "isreplicaset");
        boolean readable =
                isTrue(hello, "isWritablePrimary") || isTrue(hello, "ismaster") || isTrue(hello, "secondary");
        if (!isMember || readable) {
            return;
        }
        if (isTrue(hello, "arbiterOnly")) {
            throw new DeploymentException(
                    Kind.UNSUPPORTED,
                    "this member of the replica set is an arbiter, which holds no data",
                    "name a member with data in the URI, or leave out directConnection");
        }
        throw new DeploymentException(
                Kind.UNSUPPORTED,
                hello.containsKey("setName")
                        ? "this member of the replica set is starting up or recovering and cannot be read"
                        : "this server belongs to a replica set that has not been initiated, or was removed from it",
                "wait until it is a primary or a secondary, or name another member in the URI");
    }

    private static boolean isTrue(BsonDocument hello, String name) {
        return Objects.equals(hello.get(name), BsonBoolean.TRUE);
    }
}
