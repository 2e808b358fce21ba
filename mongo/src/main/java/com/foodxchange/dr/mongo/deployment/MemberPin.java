package com.foodxchange.dr.mongo.deployment;

import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import com.mongodb.selector.ServerSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps reads on one member as long as it lives: cursors, capped collections in natural order and the commit point are a
 * member's own. Thread-safe.
 */
final class MemberPin implements ServerSelector {
    /** A secondary that is further behind the primary is read only when nobody else is there. */
    private static final Duration STALE = Duration.ofSeconds(15);

    private final ReadPreference preference;
    private final AtomicLong changes = new AtomicLong();
    /** Members whose oplog is too short or of another history; read only when nobody else is there. */
    private final Set<ServerAddress> avoided = new HashSet<>();

    private volatile @Nullable ServerAddress pinned;

    MemberPin(ReadPreference preference) {
        this.preference = preference;
    }

    @Override
    public List<ServerDescription> select(ClusterDescription cluster) {
        ServerAddress address = pinned;
        List<ServerDescription> servers = cluster.getServerDescriptions();
        if (address == null) {
            return servers.stream().filter(ServerDescription::isOk).toList();
        }
        return servers.stream()
                .filter(server -> server.isOk() && server.getAddress().equals(address))
                .toList();
    }

    /** Goes on with the same member if it can be read, else with another; false when nobody can be read now. */
    synchronized boolean choose(ClusterDescription cluster) {
        List<ServerDescription> alive = notAvoided(ReadPreference.nearest().choose(cluster));
        if (alive.stream().anyMatch(server -> server.getAddress().equals(pinned))) {
            return true;
        }
        List<ServerDescription> readable = notAvoided(readable(cluster));
        if (readable.isEmpty()) {
            return false;
        }
        if (pinned != null) {
            changes.incrementAndGet();
        }
        pinned = best(readable, cluster).getAddress();
        return true;
    }

    /** Goes over to another member than the present one; false when there is none that was not avoided before. */
    synchronized boolean avoid(ClusterDescription cluster) {
        if (pinned != null) {
            avoided.add(pinned);
        }
        List<ServerDescription> others = ReadPreference.nearest().choose(cluster).stream()
                .filter(server -> !avoided.contains(server.getAddress()))
                .toList();
        if (others.isEmpty()) {
            return false;
        }
        changes.incrementAndGet();
        pinned = best(others, cluster).getAddress();
        return true;
    }

    private List<ServerDescription> notAvoided(List<ServerDescription> readable) {
        List<ServerDescription> others = readable.stream()
                .filter(server -> !avoided.contains(server.getAddress()))
                .toList();
        return others.isEmpty() ? readable : others;
    }

    private List<ServerDescription> readable(ClusterDescription cluster) {
        List<ServerDescription> preferred = preference.choose(cluster);
        return preferred.isEmpty() ? ReadPreference.nearest().choose(cluster) : preferred;
    }

    private static ServerDescription best(List<ServerDescription> readable, ClusterDescription cluster) {
        Comparator<ServerDescription> fresh = Comparator.comparing(server -> isStale(server, cluster));
        ServerDescription best = readable.stream()
                .min(fresh.thenComparingLong(ServerDescription::getRoundTripTimeNanos))
                .orElseThrow();
        if (!isStale(best, cluster)) {
            return best;
        }
        return ReadPreference.primaryPreferred().choose(cluster).stream()
                .filter(ServerDescription::isPrimary)
                .findFirst()
                .orElse(best);
    }

    private static boolean isStale(ServerDescription server, ClusterDescription cluster) {
        Instant own = lastWrite(server);
        return cluster.getServerDescriptions().stream()
                .filter(ServerDescription::isPrimary)
                .anyMatch(primary -> Duration.between(own, lastWrite(primary)).compareTo(STALE) > 0);
    }

    private static Instant lastWrite(ServerDescription server) {
        return server.getLastWriteDate() == null
                ? Instant.EPOCH
                : server.getLastWriteDate().toInstant();
    }

    /** How often reads went to another member than before. */
    long changes() {
        return changes.get();
    }
}
