package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.demo.Demo;
import com.foodxchange.dr.cli.demo.DemoReport;
import com.foodxchange.dr.cli.demo.DemoSettings;
import com.foodxchange.dr.cli.demo.Step;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Meter;
import com.foodxchange.dr.cli.output.Progress;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what this is about. */
@Command(
        name = "demo",
        description = {
            "Run the whole cycle: load a marketplace, follow its changes, back up, lose payments and experts, restore to"
                    + " the moment before, and measure what was lost and how long it took.",
            "Without --uri on a sandbox in this process (compatible with MongoDB, and not MongoDB); with --uri on a real"
                    + " replica set, in a database of its own that is dropped afterwards."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String PASSWORD = "demo";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

    private final Screen screen;

    @Mixin
    final DeploymentOptions deployment;

    @Option(names = "--once", description = "end afterwards: 0 when objectives and verification hold, 1 when not")
    boolean once;

    @Option(names = "--documents", paramLabel = "N", description = "how many documents to begin with; default 56000")
    long documents = 56_000;

    @Option(names = "--brief", hidden = true, description = "follow for a short time only")
    boolean brief;

    private int steps;

    DemoCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        deployment = new DeploymentOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (documents < 100 || documents > 50_000_000) {
            throw new UsageException("a demonstration with " + documents + " documents", "take 100 to 50000000");
        }
        try (TemporaryFolder folder = TemporaryFolder.create(null, "dr-demo-")) {
            if (deployment.uri != null) {
                return onRealServer(folder.path());
            }
            try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory());
                    Deployment connected = Deployment.connect(sandbox.uri())) {
                tell("sandbox", "compatible with MongoDB, and not MongoDB: in this process, on port " + sandbox.port());
                return run(folder.path(), new Demo.Target(connected, sandbox.uri(), "foodxchange_experts"));
            }
        }
    }

    private int onRealServer(Path folder) throws IOException, InterruptedException {
        String database = "foodxchange_demo_" + STAMP.format(Instant.now());
        try (Deployment connected = deployment.connect()) {
            tell(
                    "server",
                    "MongoDB " + connected.topology().serverVersion() + ", replica set "
                            + connected.topology().setName() + ", database " + database + ", dropped afterwards");
            try {
                return run(folder, new Demo.Target(connected, deployment.uri(), database));
            } finally {
                OwnDatabases.drop(connected.client(), List.of(database));
            }
        }
    }

    private int run(Path folder, Demo.Target target) throws IOException, InterruptedException {
        Path repositoryFolder = folder.resolve("repository");
        DemoReport report;
        try (Repository repository = Repository.init(new LocalBlobStore(repositoryFolder), PASSWORD.toCharArray())) {
            Demo demo = new Demo(repository, folder.resolve("state"), target, settings(), this::tell);
            report = screen.live() ? Progress.during(screen, () -> sample(demo), demo::run) : demo.run();
        }
        DemoView view = new DemoView(report);
        view.show(screen);
        if (!once) {
            tellHowToGoOn(repositoryFolder, target, report);
            waitForever();
        }
        return report.met() ? ExitCode.DONE : ExitCode.BAD;
    }

    private static Meter.Sample sample(Demo demo) {
        return new Meter.Sample("    " + demo.current() + " ...", 0, 0, 0, "");
    }

    private DemoSettings settings() {
        DemoSettings settings = brief ? DemoSettings.BRIEF : DemoSettings.STANDARD;
        return settings.withScale(documents / 56_000.0);
    }

    private void tell(String name, String text) {
        tell(new Step(name, text, Duration.ZERO));
    }

    private void tell(Step step) {
        steps++;
        if (screen.json()) {
            screen.emit(
                    "step",
                    Json.object()
                            .put("step", step.name())
                            .put("text", step.text())
                            .put("seconds", step.took()));
        } else {
            String took = step.took().isZero() ? "" : Units.duration(step.took());
            Style style = step.name().equals("DISASTER") ? Style.BAD : Style.STRONG;
            String name = String.format(Locale.ROOT, "%-17s", step.name());
            screen.print("%2d  %s %8s  %s".formatted(steps, screen.look().paint(style, name), took, step.text()));
        }
    }

    private void tellHowToGoOn(Path repository, Demo.Target target, DemoReport report) {
        String at = Integer.toUnsignedString(report.restoredTo().getTime()) + ","
                + Integer.toUnsignedString(report.restoredTo().getInc());
        if (screen.json()) {
            screen.emit(
                    "waiting",
                    Json.object()
                            .put("repository", repository.toString())
                            .put("uri", target.uri())
                            .put("password", PASSWORD));
            return;
        }
        screen.print("");
        screen.print("Everything stays as it is until Ctrl-C. In another terminal:");
        screen.print("  export DR_REPO=" + repository + " DR_PASSWORD=" + PASSWORD);
        screen.print("  export DR_URI='" + target.uri() + "'");
        screen.print("  dr snapshots");
        screen.print("  dr window");
        screen.print("  dr restore --at " + at + " --drop --dry-run");
        screen.print("  dr restore --at latest --rename " + target.database() + "=after_the_disaster");
        screen.print("  dr check --read-data");
    }

    /** Being stopped is how this ends. */
    @SuppressWarnings("InterruptedExceptionSwallowed")
    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // the end
        }
    }
}
