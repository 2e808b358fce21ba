package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Table;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.retention.ForgetPlan;
import com.foodxchange.dr.repository.retention.RetentionPolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes snapshots that no rule keeps. */
@Command(
        name = "forget",
        description = {
            "Remove backups that no rule keeps. A backup stays when any rule wants it, or when one that stays needs it;"
                    + " the newest restorable moment of each source always stays.",
            "The room is free only after 'dr prune'."
        },
        footer = {
            "",
            "As the FoodXchange plan has it:",
            "  dr forget --keep-within 24h --keep-daily 30 --keep-weekly 12 --keep-monthly 12 --keep-yearly 7",
        })
final class ForgetCommand implements Callable<Integer> {
    private final Screen screen;
    private final Consent consent;

    @Mixin
    final RepositoryOptions repository;

    @Mixin
    final SourceOption source = new SourceOption();

    @Mixin
    final RetentionOptions retention = new RetentionOptions();

    @Option(names = "--dry-run", description = "show what would be removed, and touch nothing")
    boolean dryRun;

    @Option(names = "--yes", description = "do not ask; for scripts")
    boolean yes;

    ForgetCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        consent = new Consent(surroundings);
        repository = new RepositoryOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RetentionPolicy policy = retention.policy();
        if (!dryRun && !yes) {
            consent.requireSomebody("forget");
        }
        try (Repository opened = repository.openToChange()) {
            ForgetPlan plan = ForgetPlan.of(snapshots(Backups.list(opened)), policy, Instant.now());
            int removed = plan.removed().size();
            if (!screen.json()) {
                print(plan);
            }
            boolean doIt = !dryRun && removed > 0;
            if (doIt && !yes) {
                consent.yes("remove " + Units.count(removed, "backup") + "?");
            }
            if (doIt) {
                plan.execute(opened);
            }
            tell(plan, doIt);
        }
        return ExitCode.DONE;
    }

    /** What other programs put there is not ours to remove. */
    private List<Snapshot> snapshots(Backups backups) {
        List<BackupSnapshot> ours = source.name == null ? backups.all() : backups.of(backups.source(source.name));
        return ours.stream().map(BackupSnapshot::snapshot).toList();
    }

    private void print(ForgetPlan plan) {
        Table table = new Table()
                .left("")
                .left("id")
                .left("taken")
                .left("source")
                .left("kind")
                .left("why");
        for (ForgetPlan.Decision decision : plan.decisions()) {
            Snapshot snapshot = decision.snapshot();
            table.row(
                    decision.keep() ? new Table.Cell("keep", Style.GOOD) : new Table.Cell("remove", Style.BAD),
                    Shapes.shortId(snapshot.id()),
                    Units.time(snapshot.time()),
                    decision.group().source() == null ? "-" : decision.group().source(),
                    kind(snapshot),
                    String.join(", ", decision.reasons()));
        }
        screen.print(table);
    }

    private static String kind(Snapshot snapshot) {
        return snapshot.tags().contains("kind:full") ? "full" : "incremental";
    }

    private void tell(ForgetPlan plan, boolean done) {
        int removed = plan.removed().size();
        if (screen.json()) {
            screen.emit(
                    "forget",
                    Json.object()
                            .put("executed", done)
                            .put("kept", plan.kept().size())
                            .put("removed", removed)
                            .put("decisions", Json.array(plan.decisions(), ForgetCommand::json)));
        } else if (removed == 0) {
            screen.print("nothing to remove");
        } else if (done) {
            screen.print(Units.count(removed, "backup") + " removed; 'dr prune' frees the room");
        } else {
            screen.print(Units.count(removed, "backup") + " would be removed");
        }
    }

    private static Json json(ForgetPlan.Decision decision) {
        return Json.object()
                .put("id", decision.snapshot().id())
                .put("time", decision.snapshot().time())
                .put("source", decision.group().source())
                .put("kind", kind(decision.snapshot()))
                .put("keep", decision.keep())
                .put("reasons", decision.reasons());
    }
}
