package com.foodxchange.dr.cli.bench;

import com.foodxchange.dr.cli.demo.DataSet;
import com.foodxchange.dr.cli.output.Meter;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.Topology;
import com.foodxchange.dr.mongo.restore.RestoreOptions;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.recovery.backup.Backup;
import com.foodxchange.dr.recovery.backup.BackupProgress;
import com.foodxchange.dr.recovery.backup.BackupRequest;
import com.foodxchange.dr.recovery.restore.Export;
import com.foodxchange.dr.recovery.restore.RecoveryProgress;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import com.foodxchange.dr.recovery.restore.RestoreRecipe;
import com.foodxchange.dr.recovery.restore.RestoreRequest;
import com.foodxchange.dr.recovery.restore.Workspace;
import com.foodxchange.dr.repository.Repository;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures backup and restore of a data set beside the raw limits, one after the other. Used once. */
public final class Bench {
    private static final String SOURCE = "bench";

    /** 200,000 changes on 1.47 GB, as much as a busy quarter of an hour brings. */
    private static final double CHANGES_PER_BYTE = 200_000 / 1.47e9;

    private final Repository repository;
    private final Path folder;
    private final Deployment deployment;
    private final MongoClient client;
    private final String uri;
    private final String database;
    private final Peers peers;
    private final Consumer<Measurement> listener;
    private final List<Measurement> measurements = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile String phase = "";
    private volatile long expected;

    /** Where it is measured: everything happens in {@code database} and one whose name begins with it. */
    public record Target(Deployment deployment, String uri, String database) {}

    /** {@code folder}: for dumps; {@code variables}: of the process; {@code listener}: hears each figure. */
    public Bench(
            Repository repository,
            Path folder,
            Target target,
            Map<String, String> variables,
            Consumer<Measurement> listener) {
        this.repository = repository;
        this.folder = folder;
        this.deployment = target.deployment();
        this.client = target.deployment().client();
        this.uri = target.uri();
        this.database = target.database();
        this.peers = new Peers(folder, variables);
        this.listener = listener;
    }

    /** How far the current measurement is. */
    public Meter.Sample sample() {
        return new Meter.Sample(phase, 0, bytes.get(), expected, "");
    }

    private String copy() {
        return database + "_raw";
    }

    /** The name of every database that this creates. */
    public List<String> databases() {
        return List.of(database, copy());
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private Measurement measure(String name, @Nullable Measurement against, String note, Work work)
            throws IOException, InterruptedException {
        phase = name;
        bytes.set(0);
        Stopwatch stopwatch = Stopwatch.start();
        work.run();
        return add(new Measurement(name, stopwatch.elapsed(), expected == 0 ? bytes.get() : expected, against, note));
    }

    private Measurement add(Measurement measurement) {
        measurements.add(measurement);
        listener.accept(measurement);
        return measurement;
    }

    /** Measures everything with about so many bytes of documents. */
    public List<Measurement> run(long size) throws IOException, InterruptedException {
        DataSet data = DataSet.ofSize(size, Instant.now());
        Raw raw = new Raw(client, bytes);
        expected = measure("load", null, "generated and indexed", () -> raw.load(data, database))
                .bytes();
        Measurement scan = measure("raw scan", null, "", () -> raw.scan(database));
        measure("full backup", scan, "", this::backUp);
        dumpWithPeers(scan);
        Path tree = folder.resolve("export");
        measure("export", scan, "", () -> export(tree));
        Measurement insert = measure("raw insert", null, "indexes included", () -> {
            raw.insert(tree, database, copy());
            raw.index(copy());
        });
        restoreWithPeers(insert, tree);
        client.getDatabase(copy()).drop();
        Measurement restore = measure("restore", insert, "read back and compared", this::restore);
        if (deployment.topology().kind() == Topology.Kind.REPLICA_SET) {
            restoreToMoment(data, insert, restore);
        }
        return measurements;
    }

    private void backUp() throws IOException, InterruptedException {
        BackupRequest request = new BackupRequest(SOURCE, Set.of(database), BackupRequest.Choice.AUTO);
        new Backup(repository, deployment, InstantSource.system()).run(request, BackupProgress.NONE);
    }

    private void export(Path tree) throws IOException, InterruptedException {
        new Export(repository, Workspace.standard(), RecoveryProgress.NONE)
                .run(SOURCE, Moment.LATEST, Selection.EVERYTHING, tree);
    }

    private void restore() throws IOException, InterruptedException {
        RestoreRequest request = new RestoreRequest(
                SOURCE,
                Moment.LATEST,
                Selection.EVERYTHING,
                RestoreOptions.defaults().withDrop(true),
                null);
        RecoveryReport report = new RestoreRecipe(repository, Workspace.standard(), RecoveryProgress.NONE)
                .run(request, client, Stopwatch.start());
        if (!report.complete()) {
            throw new IllegalStateException("what was restored is not what was backed up");
        }
    }

    private void restoreToMoment(DataSet data, Measurement insert, Measurement plain)
            throws IOException, InterruptedException {
        long changes = Math.max(1, Math.round(expected * CHANGES_PER_BYTE));
        measure("change", null, changes + " documents", () -> data.change(client, database, changes));
        measure("incremental backup", null, "", this::backUp);
        Measurement moment = measure("restore to a moment", insert, "", this::restore);
        Duration more = moment.took().minus(plain.took());
        add(new Measurement(
                "the changes alone",
                more,
                expected,
                null,
                "restore to a moment less restore: what joining them takes"));
    }

    private void dumpWithPeers(Measurement scan) throws IOException, InterruptedException {
        Path mongodump = peers.find("mongodump");
        Path restic = peers.find("restic");
        if (mongodump == null) {
            add(Measurement.skipped("mongodump + restic", "skipped: no mongodump on PATH"));
            return;
        }
        Path tree = folder.resolve("mongodump");
        if (restic == null) {
            measure("mongodump", scan, "no restic on PATH", () -> peers.dump(mongodump, uri, database, tree));
            return;
        }
        peers.resticInit(restic);
        measure("mongodump + restic", scan, "", () -> {
            peers.dump(mongodump, uri, database, tree);
            peers.resticBackup(restic, tree);
        });
    }

    private void restoreWithPeers(Measurement insert, Path tree) throws IOException, InterruptedException {
        Path mongorestore = peers.find("mongorestore");
        client.getDatabase(copy()).drop();
        if (mongorestore == null) {
            add(Measurement.skipped("mongorestore", "skipped: no mongorestore on PATH"));
            return;
        }
        measure("mongorestore", insert, "", () -> peers.restore(mongorestore, uri, database, copy(), tree));
    }
}
