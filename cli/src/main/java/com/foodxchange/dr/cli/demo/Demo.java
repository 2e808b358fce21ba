package com.foodxchange.dr.cli.demo;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.restore.RestoreOptions;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.recovery.backup.Backup;
import com.foodxchange.dr.recovery.backup.BackupProgress;
import com.foodxchange.dr.recovery.backup.BackupRequest;
import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.recovery.backup.CaptureLoop;
import com.foodxchange.dr.recovery.backup.CaptureRequest;
import com.foodxchange.dr.recovery.backup.CaptureSummary;
import com.foodxchange.dr.recovery.restore.RecoveryProgress;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import com.foodxchange.dr.recovery.restore.RestoreRecipe;
import com.foodxchange.dr.recovery.restore.RestoreRequest;
import com.foodxchange.dr.recovery.restore.Workspace;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.SnapshotSummary;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/**
 * The whole cycle on a deployment: load, follow, back up, lose, find the last good moment, restore to it, and compare with
 * what was written. Everything happens in one database, which has to be empty. Used once.
 */
public final class Demo {
    private static final String SOURCE = "foodxchange";

    /** Where the marketplace lives. */
    public record Target(Deployment deployment, String uri, String database) {}

    private final Repository repository;
    private final Path stateFolder;
    private final Target target;
    private final MongoClient client;
    private final DemoSettings settings;
    private final Consumer<Step> listener;
    private final DataSet data;
    private final Truth truth;
    private final Json figures = Json.object();
    private volatile String current = "";

    /** {@code stateFolder}: for what is spooled; {@code listener}: hears what was done. */
    public Demo(
            Repository repository, Path stateFolder, Target target, DemoSettings settings, Consumer<Step> listener) {
        this.repository = repository;
        this.stateFolder = stateFolder;
        this.target = target;
        this.client = target.deployment().client();
        this.settings = settings;
        this.listener = listener;
        data = new DataSet(settings.scale(), Instant.now());
        truth = new Truth(data);
    }

    /** Runs through all of it. */
    public DemoReport run() throws IOException, InterruptedException {
        load();
        Instant disaster;
        Stopwatch sinceNoticed;
        try (Writer writer = Writer.start(client, target.database(), data, truth, settings.changesPerSecond())) {
            backUp("full backup", BackupRequest.Choice.FULL);
            Following.Stored stored = new Following.Stored();
            try (Following following = new Following(captureLoop(stored))) {
                follow(following, stored);
                disaster = disaster();
                sinceNoticed = notice(writer, disaster);
                flush(following);
            }
        }
        LastGoodMoment.Found good = lastGood();
        RecoveryReport restored = restore(good, disaster);
        current = "verify";
        Stopwatch verifying = Stopwatch.start();
        Verification verification = new Verification(client, target.database(), truth);
        List<DemoReport.Result> results = verification.results(good, sinceNoticed);
        say("verify", verified(results), verifying);
        List<String> findings = new ArrayList<>(verification.catalogFindings());
        restored.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.PROBLEM)
                .forEach(finding -> findings.add(finding.subject() + ": " + finding.message()));
        return new DemoReport(good.moment(), disaster, results, figures, findings);
    }

    /** What is being done. */
    public String current() {
        return current;
    }

    private void say(String name, String text, Stopwatch since) {
        listener.accept(new Step(name, text, since.elapsed()));
    }

    private void load() {
        current = "load";
        Stopwatch stopwatch = Stopwatch.start();
        DataSet.createCatalog(client.getDatabase(target.database()));
        AtomicLong bytes = new AtomicLong();
        long documents = 0;
        for (Part part : Part.values()) {
            data.load(client, target.database(), part, bytes::addAndGet);
            documents += data.count(part);
        }
        figures.put("documents", documents).put("bytes", bytes.get()).put("loadSeconds", stopwatch.elapsed());
        say(
                "load",
                Units.count(documents, "document") + ", " + Units.bytes(bytes.get()) + " in " + Part.values().length
                        + " collections; from now on " + settings.changesPerSecond() + " changes a second",
                stopwatch);
    }

    private void backUp(String name, BackupRequest.Choice choice) throws IOException, InterruptedException {
        current = name;
        Stopwatch stopwatch = Stopwatch.start();
        BackupRequest request = new BackupRequest(SOURCE, Set.of(target.database()), choice);
        BackupResult result =
                new Backup(repository, target.deployment(), InstantSource.system()).run(request, BackupProgress.NONE);
        SnapshotSummary sizes = Objects.requireNonNull(
                Objects.requireNonNull(result.snapshot()).snapshot().summary());
        String key = name.equals("full backup") ? "full" : "secondFull";
        figures.put(key + "BytesRead", sizes.totalBytesProcessed())
                .put(key + "BytesAdded", sizes.dataAdded())
                .put(key + "BytesStored", sizes.dataAddedPacked())
                .put(key + "Seconds", result.total());
        long known = sizes.totalBytesProcessed() == 0
                ? 0
                : 100 - Math.round(100.0 * sizes.dataAdded() / sizes.totalBytesProcessed());
        String dedup = key.equals("full") ? "" : "; " + known + " % of it was there already";
        say(
                name,
                Units.bytes(sizes.totalBytesProcessed()) + " read, " + Units.bytes(sizes.dataAddedPacked())
                        + " stored, encrypted and compressed" + dedup,
                stopwatch);
    }

    private CaptureLoop captureLoop(Following.Stored stored) {
        CaptureRequest request = new CaptureRequest(SOURCE, Set.of(target.database()), settings.every(), stateFolder);
        return new CaptureLoop(
                repository, () -> Deployment.connect(target.uri()), InstantSource.system(), request, stored);
    }

    private void follow(Following following, Following.Stored stored) throws IOException, InterruptedException {
        Stopwatch stopwatch = Stopwatch.start();
        current = "follow";
        pause(following, settings.follow().dividedBy(2));
        backUp("full again", BackupRequest.Choice.FULL);
        current = "follow";
        pause(following, settings.follow().minus(settings.follow().dividedBy(2)));
        figures.put("changesBeforeDisaster", truth.size());
        say(
                "follow",
                Units.count(truth.size()) + " changes followed, "
                        + Units.count(stored.count(), "incremental backup") + " so far, one every "
                        + Units.duration(settings.every()),
                stopwatch);
    }

    private static void pause(Following following, Duration duration) throws IOException, InterruptedException {
        Stopwatch stopwatch = Stopwatch.start();
        while (stopwatch.elapsed().compareTo(duration) < 0) {
            if (following.ended()) {
                following.stop(); // throws why
            }
            Thread.sleep(50);
        }
    }

    /** As in the plan's first scenario: data is destroyed by somebody who is allowed to write. */
    private Instant disaster() {
        current = "DISASTER";
        Stopwatch stopwatch = Stopwatch.start();
        Instant when = Instant.now();
        MongoDatabase database = client.getDatabase(target.database());
        database.getCollection(Part.PAYMENTS.collection()).drop();
        long overwritten = database.getCollection(Part.EXPERTS.collection())
                .updateMany(new BsonDocument(), Updates.set("about", "all your experts are gone"))
                .getModifiedCount();
        say(
                "DISASTER",
                "payments dropped, " + Units.count(overwritten, "expert") + " overwritten, and the marketplace goes on",
                stopwatch);
        return when;
    }

    /** The recovery time begins when the last write was stopped. */
    private Stopwatch notice(Writer writer, Instant disaster) throws InterruptedException {
        Stopwatch stopwatch = Stopwatch.start();
        current = "notice";
        Thread.sleep(settings.unnoticed());
        writer.stop();
        figures.put("changes", truth.size()).put("missedChanges", writer.missed());
        say(
                "notice",
                Units.count(writer.missed(), "change") + " found no document: all writing stopped "
                        + Units.duration(Duration.between(disaster, Instant.now())) + " after it",
                stopwatch);
        return Stopwatch.start();
    }

    private void flush(Following following) throws IOException, InterruptedException {
        current = "stop following";
        Stopwatch stopwatch = Stopwatch.start();
        CaptureSummary summary = following.stop();
        figures.put("oplogEntries", summary.entries())
                .put("oplogBytes", summary.bytes())
                .put("incrementals", summary.slices());
        say(
                "stop following",
                Units.count(summary.entries()) + " oplog entries are safe in "
                        + Units.count(summary.slices(), "incremental backup"),
                stopwatch);
    }

    private LastGoodMoment.Found lastGood() throws IOException, InterruptedException {
        current = "last good moment";
        Stopwatch stopwatch = Stopwatch.start();
        LastGoodMoment search = new LastGoodMoment(repository, target.database(), Part.PAYMENTS.collection());
        LastGoodMoment.Found good =
                search.find(Backups.list(repository).timeline(SOURCE).windows().getLast());
        if (good == null) {
            throw new IllegalStateException("the oplog in the repository does not have the drop");
        }
        figures.put("decideSeconds", stopwatch.elapsed());
        say("last good moment", at(good) + ", the oplog entry just before the drop", stopwatch);
        return good;
    }

    /** As {@code --at} takes it. */
    static String at(LastGoodMoment.Found good) {
        return Integer.toUnsignedString(good.moment().getTime()) + ","
                + Integer.toUnsignedString(good.moment().getInc());
    }

    private RecoveryReport restore(LastGoodMoment.Found good, Instant disaster)
            throws IOException, InterruptedException {
        current = "restore";
        Stopwatch stopwatch = Stopwatch.start();
        RestoreRequest request = new RestoreRequest(
                SOURCE,
                new Moment.Entry(good.moment()),
                new Selection(Set.of(target.database()), Set.of(), Map.of()),
                RestoreOptions.defaults().withDrop(true),
                disaster);
        RecoveryReport report = new RestoreRecipe(repository, Workspace.standard(), RecoveryProgress.NONE)
                .run(request, client, stopwatch);
        Json phases = Json.object();
        report.phases().forEach(phase -> phases.put(phase.name(), phase.duration()));
        figures.put("joinedEntries", report.reached().entries())
                .put("restoreSeconds", report.total())
                .put("restorePhaseSeconds", phases);
        say(
                "restore",
                Units.count(report.restore().documents(), "document") + " back, "
                        + Units.count(report.reached().entries()) + " oplog entries joined ("
                        + report.phases().stream()
                                .filter(phase -> phase.duration().toMillis() >= 50)
                                .map(phase -> phase.name() + " " + Units.duration(phase.duration()))
                                .collect(Collectors.joining(", "))
                        + ")",
                stopwatch);
        return report;
    }

    private static String verified(List<DemoReport.Result> results) {
        long identical = results.stream().filter(DemoReport.Result::identical).count();
        return identical + " of " + results.size() + " collections hold exactly what the marketplace had recorded";
    }
}
