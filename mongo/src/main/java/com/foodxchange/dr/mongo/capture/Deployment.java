package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.OpTime;
import com.mongodb.client.MongoClient;

/** A connection to a MongoDB deployment, and what that deployment is. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable", "ObjectToString"})
public final class Deployment implements AutoCloseable {
    private final MongoClient client;
    private final Topology topology;

    private Deployment(MongoClient client, Topology topology) {
        this.client = client;
        this.topology = topology;
    }

    /**
     * Connects and asks what is there.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException of kind INVALID, UNREACHABLE, AUTHENTICATION or UNSUPPORTED
     */
    public static Deployment connect(String uri) throws InterruptedException {
        throw new UnsupportedOperationException(uri);
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
        throw new UnsupportedOperationException();
    }

    /** The last write of the member that is read from; a majority may not have it yet. */
    public OpTime lastWrite() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        client.close();
    }
}
