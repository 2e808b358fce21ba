package com.foodxchange.dr.mongo.deployment;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.OpTime;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

/**
 * A connection to a MongoDB deployment, and what that deployment is. Reads go to one member, a secondary where there is
 * one, as long as that member lives. Thread-safe.
 */
public final class Deployment implements AutoCloseable {
    static final BsonDocument HELLO = new BsonDocument("hello", new BsonInt32(1));
    private static final BsonDocument OLD_HELLO = new BsonDocument("isMaster", new BsonInt32(1));

    private final MongoClient client;
    private final MongoClient reader;
    private final MemberPin pin;
    private final Topology topology;
    private final boolean sessions;

    Deployment(MongoClient client, MongoClient reader, MemberPin pin, Topology topology, boolean sessions) {
        this.client = client;
        this.reader = reader;
        this.pin = pin;
        this.topology = topology;
        this.sessions = sessions;
    }

    /**
     * Connects and asks what is there. Takes about ten seconds when nobody answers, or what the URI says in
     * {@code serverSelectionTimeoutMS}.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException of kind INVALID, UNREACHABLE, AUTHENTICATION or UNSUPPORTED
     */
    public static Deployment connect(String uri) throws InterruptedException {
        return new Connector(uri).connect();
    }

    public Topology topology() {
        return topology;
    }

    /** The driver's client, for writing to the deployment. It is closed with this connection. */
    public MongoClient client() {
        return client;
    }

    /** The last write that a majority of the replica set has, as the member that is read from knows it. */
    public OpTime majorityOpTime() throws InterruptedException {
        return translated(this::currentMajority);
    }

    /** The last write of the member that is read from; a majority may not have it yet. */
    public OpTime lastWrite() throws InterruptedException {
        return translated(this::currentWrite);
    }

    private static OpTime translated(Supplier<OpTime> question) throws InterruptedException {
        try {
            return question.get();
        } catch (MongoInterruptedException e) {
            throw new InterruptedException(e.getMessage());
        } catch (MongoException e) {
            throw ServerErrors.translate("reading how far the replica set is", e);
        }
    }

    /**
     * As {@link #majorityOpTime}, but failing as the driver does, so that it can be tried again. A member that has just
     * started may not know it yet: then it is {@code 0,0}.
     *
     * @throws MongoException as the driver throws it
     */
    public OpTime currentMajority() {
        BsonDocument lastWrite = lastWrite(hello(reader, ReadPreference.nearest()));
        if (lastWrite.isDocument("majorityOpTime")) {
            return opTime(lastWrite.getDocument("majorityOpTime"));
        }
        OpTime confirmed = confirmedByStatus();
        OpTime written = opTime(lastWrite.getDocument("opTime"));
        return confirmed.compareTo(written) <= 0 ? confirmed : written;
    }

    /** Servers without majority reads tell it in this way only, and only to who may ask. */
    private OpTime confirmedByStatus() {
        try {
            BsonDocument status = read("admin", new BsonDocument("replSetGetStatus", new BsonInt32(1)));
            BsonDocument times = status.getDocument("optimes", new BsonDocument());
            return times.isDocument("lastCommittedOpTime")
                    ? opTime(times.getDocument("lastCommittedOpTime"))
                    : OpTime.of(0, 0, -1);
        } catch (MongoException e) {
            if (ServerErrors.isTransient(e) || e instanceof MongoInterruptedException) {
                throw e;
            }
            return OpTime.of(0, 0, -1);
        }
    }

    /** As {@link #lastWrite}, but failing as the driver does. */
    public OpTime currentWrite() {
        return opTime(lastWrite(hello(reader, ReadPreference.nearest())).getDocument("opTime"));
    }

    /** The last write of the primary; empty when there is no primary now. */
    public Optional<OpTime> lastWriteOfPrimary() {
        if (!client.getClusterDescription().hasWritableServer()) {
            return Optional.empty();
        }
        try {
            BsonDocument hello = hello(client, ReadPreference.primary());
            return Optional.of(opTime(lastWrite(hello).getDocument("opTime")));
        } catch (MongoException e) {
            if (ServerErrors.isTransient(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static BsonDocument lastWrite(BsonDocument hello) {
        BsonDocument lastWrite = hello.getDocument("lastWrite", new BsonDocument());
        if (!lastWrite.isDocument("opTime")) {
            throw new DeploymentException(
                    Kind.UNSUPPORTED,
                    "the server does not tell its last write, as members of a replica set do",
                    "a standalone server has no oplog: make it a replica set of one member");
        }
        return lastWrite;
    }

    private static OpTime opTime(BsonDocument time) {
        return new OpTime(
                time.getTimestamp("ts"), time.getNumber("t", new BsonInt32(-1)).longValue());
    }

    static BsonDocument hello(MongoClient client, ReadPreference preference) {
        try {
            return client.getDatabase("admin").runCommand(HELLO, preference, RawBsonDocument.class);
        } catch (MongoException e) {
            if (e.getCode() != 59) {
                throw e;
            }
            return client.getDatabase("admin").runCommand(OLD_HELLO, preference, RawBsonDocument.class);
        }
    }

    /**
     * Runs a command on the member that is read from.
     *
     * @throws MongoException as the driver throws it
     */
    public RawBsonDocument read(String database, BsonDocument command) {
        return reader.getDatabase(database).runCommand(command, ReadPreference.nearest(), RawBsonDocument.class);
    }

    /**
     * Runs {@code find}, {@code aggregate} or another command that answers with a cursor, on the member that is read
     * from. The cursor dies with that member.
     *
     * @throws MongoException as the driver throws it
     */
    public RawCursor open(String database, BsonDocument command) {
        return RawCursor.open(reader, sessions, database, command);
    }

    /** Lets reads go to another member if the present one cannot be read any more. */
    void chooseMember() {
        pin.choose(reader.getClusterDescription());
    }

    /**
     * Lets reads go to another member than the present one, which does not have what is looked for: its oplog may be
     * shorter than that of others, or of a history that is being rolled back.
     *
     * @return false when there is no other member that was not tried
     */
    public boolean avoidMember() {
        return pin.avoid(reader.getClusterDescription());
    }

    /** How often reads went over to another member. */
    public long memberChanges() {
        return pin.changes();
    }

    @Override
    public void close() {
        reader.close();
        client.close();
    }
}
