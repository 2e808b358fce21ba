package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.deployment.Topology;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.recovery.RecoveryException.Kind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of sources: a part of paths and tags, so of letters that are harmless in both. */
final class Sources {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private Sources() {}

    /** @throws RecoveryException INVALID when it cannot be a name */
    static String validate(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new RecoveryException(
                    Kind.INVALID,
                    "'" + name + "' cannot be the name of a source",
                    "take up to 100 letters, digits, '.', '_' and '-', the first one a letter or a digit");
        }
        return name;
    }

    /** The name asked for, or the one that the deployment gives itself. */
    static String name(@Nullable String asked, Topology topology) {
        if (asked != null) {
            return asked;
        }
        String own = topology.setName() != null
                ? topology.setName()
                : topology.hosts().getFirst();
        String harmless = own.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+", "");
        return validate(harmless.isEmpty() ? "mongodb" : harmless.substring(0, Math.min(100, harmless.length())));
    }

    /** The identity of a replica set in tags; null for a standalone server. */
    static @Nullable String identity(Topology topology) {
        if (topology.kind() == Topology.Kind.STANDALONE) {
            return null;
        }
        // Without the privilege to read the configuration the name has to do; gaps and rollbacks are found all the
        // same.
        return topology.replicaSetId() != null ? topology.replicaSetId() : "name-" + topology.setName();
    }
}
