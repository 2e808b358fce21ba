package com.foodxchange.dr.mongo.deployment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment says of itself.
 *
 * @param setName the replica set's name; null for a standalone server
 * @param replicaSetId the identity that the replica set got when it was initiated, 24 hex digits; null for a standalone
 *     server and where the privilege {@code replSetGetConfig} is missing
 * @param hosts the members that clients may use, as {@code host:port}
 * @param serverVersion as buildInfo reports it, such as {@code 7.0.12}
 * @param fcv the feature compatibility version, such as {@code 7.0}; null where it may not be read
 */
public record Topology(
        Kind kind,
        @Nullable String setName,
        @Nullable String replicaSetId,
        List<String> hosts,
        String serverVersion,
        @Nullable String fcv) {
    /** Whether there is an oplog. */
    public enum Kind {
        REPLICA_SET,
        STANDALONE
    }

    public Topology {
        hosts = List.copyOf(hosts);
    }
}
