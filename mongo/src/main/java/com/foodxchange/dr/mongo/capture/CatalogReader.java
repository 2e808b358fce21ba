package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Finding.Severity;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.Patience;
import com.foodxchange.dr.mongo.deployment.RawCursor;
import com.foodxchange.dr.mongo.deployment.ServerErrors;
import com.mongodb.MongoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

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

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** A collection that is renamed between its name and its indexes is met under its new name the next time. */
    private static final int ROUNDS = 20;

    private final Deployment deployment;
    private final Set<Finding> findings = new LinkedHashSet<>();

    public CatalogReader(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * Reads the catalog of the databases named, or where none is named of all but {@code local} and {@code config}.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException of kind INVALID when one of the databases named does not exist
     */
    public Catalog read(Set<String> databases) throws InterruptedException {
        findings.clear();
        List<CollectionSpec> collections = new ArrayList<>();
        for (String database : select(databases)) {
            collections.addAll(readDatabase(database));
        }
        collections.sort(Comparator.comparing(CollectionSpec::namespace));
        return new Catalog(collections, List.copyOf(findings));
    }

    private List<String> select(Set<String> wanted) throws InterruptedException {
        for (String database : wanted) {
            if (!Coverage.coversDatabase(database)) {
                throw new DeploymentException(
                        Kind.INVALID,
                        "the database " + database + " belongs to the server itself and is not backed up",
                        "name databases of your own");
            }
        }
        Set<String> there = databaseNames(wanted);
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        if (!missing.isEmpty()) {
            throw new DeploymentException(
                    Kind.INVALID,
                    "there is no database " + String.join(", ", missing),
                    there.isEmpty()
                            ? "this deployment holds no database that this user can see"
                            : "these are there: " + String.join(", ", there));
        }
        return List.copyOf(wanted.isEmpty() ? there : new TreeSet<>(wanted));
    }

    private Set<String> databaseNames(Set<String> wanted) throws InterruptedException {
        BsonDocument command = new BsonDocument("listDatabases", new BsonInt32(1)).append("nameOnly", BsonBoolean.TRUE);
        if (wanted.isEmpty()) {
            // Without it a server leaves out silently what the user may not see.
            command.append("authorizedDatabases", BsonBoolean.FALSE);
        }
        BsonDocument answer =
                patience("listing the databases").persist(deployment, () -> deployment.read("admin", command));
        Set<String> names = new TreeSet<>();
        for (BsonValue database : answer.getArray("databases")) {
            String name = database.asDocument().getString("name").getValue();
            if (Coverage.coversDatabase(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static Patience patience(String activity) {
        return new Patience(activity, PATIENCE, reason -> {});
    }

    private List<CollectionSpec> readDatabase(String database) throws InterruptedException {
        for (int round = 1; ; round++) {
            List<CollectionSpec> specs = readDatabase(database, round == ROUNDS);
            if (specs != null) {
                return specs;
            }
        }
    }

    /** Null when a collection went away meanwhile, by its drop or under another name. */
    private @Nullable List<CollectionSpec> readDatabase(String database, boolean lastRound)
            throws InterruptedException {
        List<BsonDocument> listed = listCollections(deployment, database, new BsonDocument());
        Map<String, UUID> uuids = new HashMap<>();
        for (BsonDocument collection : listed) {
            UUID uuid = uuid(collection);
            if (uuid != null) {
                uuids.put(name(collection), uuid);
            }
        }
        List<CollectionSpec> specs = new ArrayList<>();
        for (BsonDocument collection : listed) {
            Namespace namespace = new Namespace(database, name(collection));
            CollectionSpec.Type type = type(collection);
            if (!isData(namespace, type, listed)) {
                continue;
            }
            CollectionSpec spec = spec(namespace, type, collection, uuids);
            if (spec != null) {
                specs.add(spec);
            } else if (!lastRound) {
                return null;
            }
        }
        return specs;
    }

    /** Buckets whose time series is listed are that series' data and no collection of their own. */
    private static boolean isData(Namespace namespace, CollectionSpec.Type type, List<BsonDocument> listed) {
        String name = namespace.collection();
        if (type == CollectionSpec.Type.VIEW) {
            return Coverage.coversDatabase(namespace.database());
        }
        return Coverage.covers(namespace.database(), name)
                && !(name.startsWith(Coverage.BUCKETS) && hasSeries(listed, name.substring(Coverage.BUCKETS.length())));
    }

    private static boolean hasSeries(List<BsonDocument> listed, String series) {
        return listed.stream()
                .anyMatch(other -> name(other).equals(series) && type(other) == CollectionSpec.Type.TIMESERIES);
    }

    private @Nullable CollectionSpec spec(
            Namespace namespace, CollectionSpec.Type type, BsonDocument listed, Map<String, UUID> uuids)
            throws InterruptedException {
        BsonDocument options = listed.getDocument("options", new BsonDocument());
        String name = namespace.collection();
        UUID uuid = type == CollectionSpec.Type.TIMESERIES ? uuids.get(Coverage.BUCKETS + name) : uuids.get(name);
        if (type == CollectionSpec.Type.TIMESERIES && uuid == null) {
            findings.add(new Finding(
                    Severity.PROBLEM,
                    namespace.toString(),
                    "the time series of this server version has no buckets that can be read, so its data is not in the"
                            + " backup"));
        }
        List<BsonDocument> indexes = type == CollectionSpec.Type.VIEW ? List.of() : listIndexes(namespace);
        return indexes == null ? null : new CollectionSpec(namespace, type, uuid, options, indexes);
    }

    /** Null when the collection is not there any more. */
    private @Nullable List<BsonDocument> listIndexes(Namespace namespace) throws InterruptedException {
        BsonDocument command = new BsonDocument("listIndexes", new BsonString(namespace.collection()));
        Patience patience = patience("listing the indexes of " + namespace);
        while (true) {
            try {
                return readAll(deployment, namespace.database(), command);
            } catch (MongoException e) {
                if (e.getCode() == ServerErrors.NAMESPACE_NOT_FOUND) {
                    return null;
                }
                patience.failed(deployment, e);
            }
        }
    }

    static List<BsonDocument> listCollections(Deployment deployment, String database, BsonDocument filter)
            throws InterruptedException {
        BsonDocument command = new BsonDocument("listCollections", new BsonInt32(1)).append("filter", filter);
        return patience("listing the collections of " + database)
                .persist(deployment, () -> readAll(deployment, database, command));
    }

    private static List<BsonDocument> readAll(Deployment deployment, String database, BsonDocument command) {
        try (RawCursor cursor = deployment.open(database, command)) {
            return cursor.readAll();
        }
    }

    static String name(BsonDocument listed) {
        return listed.getString("name").getValue();
    }

    private static CollectionSpec.Type type(BsonDocument listed) {
        return switch (listed.getString("type", new BsonString("collection")).getValue()) {
            case "view" -> CollectionSpec.Type.VIEW;
            case "timeseries" -> CollectionSpec.Type.TIMESERIES;
            default -> CollectionSpec.Type.COLLECTION;
        };
    }

    static @Nullable UUID uuid(BsonDocument listed) {
        BsonDocument info = listed.getDocument("info", new BsonDocument());
        return info.isBinary("uuid") ? info.getBinary("uuid").asUuid() : null;
    }
}
