package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.Arguments.Durations;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.recovery.backup.CaptureLoop;
import com.foodxchange.dr.recovery.backup.CaptureRequest;
import com.foodxchange.dr.recovery.backup.CaptureSummary;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows the oplog. */
@Command(
        name = "capture",
        description = {
            "Follow a deployment's oplog until stopped by Ctrl-C or SIGTERM.",
            "What was read is on this machine's disk within a second, and in the repository at every interval and at the"
                    + " end. Takes a full backup first where there is nothing to continue."
        })
final class CaptureCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    final RepositoryOptions repository;

    @Mixin
    final DeploymentOptions deployment;

    @Mixin
    final StateOption state;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "the name to keep the backups under; default the replica set's name")
    @Nullable
    String source;

    @Option(names = "--db", paramLabel = "NAME", description = "only this database; may be repeated")
    Set<String> databases = new LinkedHashSet<>();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "how often what was read goes into the repository; default 15m")
    Duration every = Duration.ofMinutes(15);

    CaptureCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        repository = new RepositoryOptions(surroundings);
        deployment = new DeploymentOptions(surroundings);
        state = new StateOption(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new UsageException("--every is shorter than a second", "take 1s or more, such as 15m");
        }
        deployment.uri();
        CaptureRequest request = new CaptureRequest(source, databases, every, state.folder());
        CaptureLog log = new CaptureLog(screen, InstantSource.system());
        CaptureSummary summary;
        try (Repository opened = repository.openToChange()) {
            CaptureLoop loop = new CaptureLoop(opened, deployment::connect, InstantSource.system(), request, log);
            summary = log.during(() -> follow(loop));
        }
        show(summary);
        return ExitCode.DONE;
    }

    /** On a thread of its own: being interrupted means to end in order here, and would cut the loop off. */
    private static CaptureSummary follow(CaptureLoop loop) throws IOException, InterruptedException {
        FutureTask<CaptureSummary> work = new FutureTask<>(loop::run);
        Thread follower = Thread.ofPlatform().name("capture").start(work);
        try {
            return result(work);
        } catch (InterruptedException e) {
            loop.stop();
            return result(work);
        } finally {
            follower.interrupt(); // only when stopping was interrupted as well
        }
    }

    private static CaptureSummary result(FutureTask<CaptureSummary> work) throws IOException, InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void show(CaptureSummary summary) {
        if (screen.json()) {
            screen.emit(
                    "capture",
                    Json.object()
                            .put("source", summary.source())
                            .put("upTo", Shapes.json(summary.upTo()))
                            .put("entries", summary.entries())
                            .put("bytes", summary.bytes())
                            .put("slices", summary.slices())
                            .put("fulls", summary.fulls())
                            .put("totalSeconds", summary.total()));
        } else {
            screen.print("followed " + summary.source() + " for " + Units.duration(summary.total()) + ": "
                    + Units.count(summary.entries()) + " entries, " + Units.bytes(summary.bytes()) + ", "
                    + Units.count(summary.fulls(), "full backup") + ", "
                    + Units.count(summary.slices(), "incremental backup") + "; restorable up to "
                    + Shapes.moment(summary.upTo()));
        }
    }
}
