package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.deployment.Topology;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a backup come from.
 *
 * @param set the identity of the replica set; null for a standalone server
 * @param databases what it is limited to, sorted; empty: everything
 */
record Origin(String source, @Nullable String set, List<String> databases, Manifest.Topology topology) {
    Origin {
        databases = databases.stream().sorted().toList();
    }

    static Origin of(String source, Set<String> databases, Topology topology) {
        Manifest.Topology described = new Manifest.Topology(
                topology.kind().name().toLowerCase(Locale.ROOT),
                topology.setName(),
                topology.replicaSetId(),
                topology.hosts(),
                topology.serverVersion(),
                topology.fcv());
        return new Origin(source, Sources.identity(topology), List.copyOf(databases), described);
    }

    /** Whether that backup could be continued with entries from here. */
    boolean sameLine(BackupSnapshot backup) {
        return set != null
                && set.equals(backup.set())
                && source.equals(backup.source())
                && databases.equals(backup.databases());
    }

    /** Whether entries from the other one go on where entries from here end; versions and hosts may change. */
    boolean sameLine(Origin other) {
        return source.equals(other.source) && Objects.equals(set, other.set) && databases.equals(other.databases);
    }
}
