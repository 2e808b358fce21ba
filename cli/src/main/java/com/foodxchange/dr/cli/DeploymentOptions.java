package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Redaction;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.mongodb.ConnectionString;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which MongoDB deployment. */
final class DeploymentOptions {
    private final Surroundings surroundings;
    private boolean warned;

    @Option(
            names = "--uri",
            paramLabel = "URI",
            description = "the MongoDB deployment (or DR_URI, which other users of this machine can not see)")
    @Nullable
    String uri;

    DeploymentOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Whether one is named. */
    boolean given() {
        return uri != null || surroundings.variable("DR_URI") != null;
    }

    /** The connection string that is meant; its form is right. */
    String uri() {
        String given = uri != null ? uri : surroundings.variable("DR_URI");
        if (given == null) {
            throw new UsageException("no deployment named", "give --uri URI or set DR_URI");
        }
        ConnectionString parsed = parse(given);
        if (uri != null && parsed.getPassword() != null && !warned) {
            warned = true;
            surroundings
                    .screen()
                    .note(Style.WARNING, "a password on the command line can be read by others: DR_URI is better");
        }
        return given;
    }

    private static ConnectionString parse(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UsageException(
                    Redaction.redact("'" + uri + "' is no MongoDB URI: " + reason),
                    "write it as mongodb://user@host:27017/?replicaSet=name, special characters of passwords as %40");
        }
    }

    Deployment connect() throws InterruptedException {
        return Deployment.connect(uri());
    }
}
