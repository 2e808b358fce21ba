package com.foodxchange.dr.cli.demo;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.ContentVerification;
import com.foodxchange.dr.recovery.Stopwatch;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonDocument;

/** Compares what the database holds with what the marketplace recorded when it wrote. */
final class Verification {
    private static final ContentHash.Value NOTHING = new ContentHash().value();
    private static final int READERS = 2;

    private final MongoClient client;
    private final String database;
    private final Truth truth;

    Verification(MongoClient client, String database, Truth truth) {
        this.client = client;
        this.database = database;
        this.truth = truth;
    }

    /** Reads everything back; the recovery time ends when the last document is read. */
    List<DemoReport.Result> results(LastGoodMoment.Found good, Stopwatch sinceNoticed) throws InterruptedException {
        Map<Part, Namespace> namespaces = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            namespaces.put(part, new Namespace(database, part.collection()));
        }
        Map<Namespace, ContentHash.Value> found = new ContentVerification(client, READERS).read(namespaces.values());
        Duration recoveryTime = sinceNoticed.elapsed();
        Map<Part, ContentHash.Value> recorded = truth.contentAfter(good.changes());
        List<DemoReport.Result> results = new ArrayList<>();
        for (Part part : Part.values()) {
            Loss loss = loss(part, good.changes());
            results.add(new DemoReport.Result(
                    part,
                    Objects.requireNonNull(recorded.get(part)),
                    found.getOrDefault(namespaces.get(part), NOTHING),
                    loss.changes(),
                    loss.time(),
                    recoveryTime));
        }
        return results;
    }

    private record Loss(long changes, Duration time) {}

    /** From the last change that was kept to the last one of this part that was not, by one clock. */
    private Loss loss(Part part, int kept) {
        Instant keptUntil = kept == 0 ? Instant.MAX : truth.get(kept - 1).acknowledged();
        long changes = 0;
        Duration time = Duration.ZERO;
        for (int i = kept; i < truth.size(); i++) {
            Truth.Change change = truth.get(i);
            if (change.part() == part) {
                changes++;
                time = keptUntil.equals(Instant.MAX) ? time : Duration.between(keptUntil, change.acknowledged());
            }
        }
        return new Loss(changes, time);
    }

    /** Indexes and the view that are not there. */
    List<String> catalogFindings() {
        MongoDatabase restored = client.getDatabase(database);
        List<String> findings = new ArrayList<>();
        for (Part part : Part.values()) {
            Set<String> names = new HashSet<>();
            for (BsonDocument index : restored.getCollection(part.collection()).listIndexes(BsonDocument.class)) {
                names.add(index.getString("name").getValue());
            }
            part.indexes().stream()
                    .map(index -> index.getString("name").getValue())
                    .filter(name -> !names.contains(name))
                    .forEach(name -> findings.add("the index " + name + " of " + part.collection() + " is missing"));
        }
        if (!restored.listCollectionNames().into(new HashSet<>()).contains(DataSet.VIEW)) {
            findings.add("the view " + DataSet.VIEW + " is missing");
        }
        return findings;
    }
}
