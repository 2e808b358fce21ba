package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.Arguments.Sizes;
import com.foodxchange.dr.cli.bench.Bench;
import com.foodxchange.dr.cli.bench.Measurement;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Progress;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Table;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures. */
@Command(
        name = "bench",
        description = {
            "Measure backup and restore on this machine and server, beside the raw limits and today's tools.",
            "Loads a data set into a database of its own, and removes it afterwards. The server is busy meanwhile."
        })
final class BenchCommand implements Callable<Integer> {
    private static final String PASSWORD = "bench";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private final Screen screen;
    private final Map<String, String> variables;

    @Mixin
    final DeploymentOptions deployment;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "how large the data set is: 500m, 1g (default)")
    long size = 1L << 30;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "where repository and dumps are put meanwhile; default the system's temporary folder")
    @Nullable
    Path folder;

    BenchCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        variables = surroundings.variables();
        deployment = new DeploymentOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (size < 1 << 20) {
            throw new UsageException("a data set below a megabyte measures nothing", "give --size 1m or more");
        }
        String uri = deployment.uri();
        try (TemporaryFolder temporary = TemporaryFolder.create(folder, "dr-bench-");
                Deployment connected = deployment.connect();
                Repository repository = Repository.init(
                        new LocalBlobStore(temporary.path().resolve("repository")), PASSWORD.toCharArray())) {
            String database = "foodxchange_bench_" + STAMP.format(Instant.now());
            Bench.Target target = new Bench.Target(connected, uri, database);
            Bench bench = new Bench(repository, temporary.path(), target, variables, this::tell);
            List<Measurement> measurements;
            try {
                measurements = Progress.during(screen, bench::sample, () -> bench.run(size));
            } finally {
                OwnDatabases.drop(connected.client(), bench.databases());
            }
            show(measurements);
        }
        return ExitCode.DONE;
    }

    private void tell(Measurement measurement) {
        if (!screen.json()) {
            screen.note(
                    measurement.name() + "  " + (measurement.ran() ? Units.duration(measurement.took()) : "skipped"));
        }
    }

    private void show(List<Measurement> measurements) {
        if (screen.json()) {
            screen.emit("bench", Json.object().put("measurements", Json.array(measurements, BenchCommand::json)));
            return;
        }
        Table table = new Table()
                .left("measured")
                .right("time")
                .right("rate")
                .right("ratio")
                .left("to")
                .left("");
        for (Measurement measurement : measurements) {
            Measurement against = measurement.against();
            table.row(
                    measurement.name(),
                    measurement.ran() ? Units.duration(measurement.took()) : "-",
                    Units.rate(measurement.bytesPerSecond()),
                    Units.ratio(measurement.ratio()),
                    against == null ? "" : against.name(),
                    measurement.note());
        }
        screen.print(table);
    }

    private static Json json(Measurement measurement) {
        Measurement against = measurement.against();
        return Json.object()
                .put("name", measurement.name())
                .put("ran", measurement.ran())
                .put("seconds", measurement.took())
                .put("bytes", measurement.bytes())
                .put("bytesPerSecond", measurement.bytesPerSecond())
                .put("ratio", measurement.ratio())
                .put("against", against == null ? null : against.name())
                .put("note", measurement.note());
    }
}
