package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Progress;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.restore.RestoreOptions;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import com.foodxchange.dr.recovery.restore.RestorePreview;
import com.foodxchange.dr.recovery.restore.RestoreRecipe;
import com.foodxchange.dr.recovery.restore.RestoreRequest;
import com.foodxchange.dr.recovery.restore.Workspace;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a deployment back to a moment. */
@Command(
        name = "restore",
        description = {
            "Bring a deployment back to a moment, and verify what it then holds.",
            "Without --drop nothing that is there is touched: a target that is not empty is refused."
        },
        footer = {
            "",
            "Back to the moment before a mistake, all of it:  dr restore --at 1795611912,3 --drop",
            "One collection beside the live one:              dr restore --at 2026-11-24T13:05:00Z \\",
            "    --collection foodxchange_experts.payments \\",
            "    --rename foodxchange_experts.payments=foodxchange_experts.payments_before",
        })
final class RestoreCommand implements Callable<Integer> {
    private final Screen screen;
    private final Consent consent;
    private final SpoolStep spool;

    @Mixin
    final RepositoryOptions repository;

    @Mixin
    final DeploymentOptions deployment;

    @Mixin
    final SelectionOptions selection = new SelectionOptions();

    @Mixin
    final StateOption state;

    @Option(names = "--users", description = "put users and roles back as well")
    boolean users;

    @Option(names = "--drop", description = "replace what is there")
    boolean drop;

    @Option(names = "--dry-run", description = "show what would be done, and touch nothing")
    boolean dryRun;

    @Option(names = "--yes", description = "do not ask; for scripts")
    boolean yes;

    RestoreCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        consent = new Consent(surroundings);
        spool = new SpoolStep(screen);
        repository = new RepositoryOptions(surroundings);
        deployment = new DeploymentOptions(surroundings);
        state = new StateOption(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Stopwatch stopwatch = sinceProcessStarted();
        RestoreRequest request = request();
        boolean ask = drop && !yes && !dryRun;
        if (ask) {
            consent.requireSomebody("restore --drop");
        }
        RestoreMeter meter = new RestoreMeter();
        try (Repository opened = repository.open();
                Deployment target = deployment.connect()) {
            spool.run(opened, state.folder());
            RestoreRecipe recipe = new RestoreRecipe(opened, Workspace.standard(), meter);
            if (dryRun || ask) {
                RestorePreview preview = preview(recipe, request, target, meter);
                if (dryRun) {
                    return ExitCode.DONE;
                }
                consent.typeName(target.topology(), preview.plan());
            }
            RecoveryReport report =
                    Progress.during(screen, meter::sample, () -> recipe.run(request, target.client(), stopwatch));
            return new RestoreSummary(report).show(screen);
        }
    }

    private RestoreRequest request() {
        deployment.uri();
        RestoreOptions options = RestoreOptions.defaults()
                .withDrop(drop)
                .withUsers(users)
                .withReplaceWholeDatabases(selection.selection().wholeDatabases());
        return new RestoreRequest(selection.source.name, selection.at, selection.selection(), options, null);
    }

    private RestorePreview preview(RestoreRecipe recipe, RestoreRequest request, Deployment target, RestoreMeter meter)
            throws IOException, InterruptedException {
        RestorePreview preview = Progress.during(screen, meter::sample, () -> recipe.plan(request, target.client()));
        new RestorePlanView(preview, target.topology()).show(screen);
        return preview;
    }

    /** The recovery time counts what it takes until this program runs, too. */
    private static Stopwatch sinceProcessStarted() {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        return Stopwatch.startedBefore(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - started)));
    }
}
