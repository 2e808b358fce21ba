package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Facts;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Progress;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.repository.Prune;
import com.foodxchange.dr.repository.PrunePlan;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Frees room. */
@Command(
        name = "prune",
        description = {
            "Free the room that forgotten backups and interrupted ones take. Killed at any point it leaves a valid"
                    + " repository; run it again."
        })
final class PruneCommand implements Callable<Integer> {
    private final Screen screen;
    private final Consent consent;

    @Mixin
    final RepositoryOptions repository;

    @Option(
            names = "--max-unused",
            paramLabel = "PERCENT",
            description = "how much of the repository may stay unused to save work; default 5")
    double maxUnused = 100 * Prune.DEFAULT_MAX_UNUSED;

    @Option(names = "--dry-run", description = "show what would be done, and touch nothing")
    boolean dryRun;

    @Option(names = "--yes", description = "do not ask; for scripts")
    boolean yes;

    PruneCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        consent = new Consent(surroundings);
        repository = new RepositoryOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(maxUnused >= 0 && maxUnused < 100)) {
            throw new UsageException("--max-unused " + maxUnused + " is no share", "give 0 up to less than 100");
        }
        if (!dryRun && !yes) {
            consent.requireSomebody("prune");
        }
        try (Repository opened = repository.openToChange()) {
            Prune prune = new Prune(opened, maxUnused / 100);
            PrunePlan plan = prune.plan();
            boolean doIt = !dryRun && !plan.isEmpty();
            if (doIt && !yes) {
                print(plan, false);
                consent.yes("free " + Units.bytes(plan.bytesFreed()) + "?");
            }
            if (doIt) {
                CheckCommand.Packs packs = new CheckCommand.Packs("prune");
                plan = Progress.during(screen, packs::sample, () -> prune.execute(packs));
            }
            if (screen.json()) {
                screen.emit("prune", json(plan).put("executed", doIt));
            } else {
                print(plan, doIt);
            }
        }
        return ExitCode.DONE;
    }

    private void print(PrunePlan plan, boolean done) {
        if (plan.isEmpty()) {
            screen.print("nothing to do: " + Units.count(plan.packsKept(), "pack") + ", "
                    + Units.bytes(plan.bytesKept()) + ", of which " + Units.bytes(plan.bytesUnused()) + " unused");
            return;
        }
        Facts facts = new Facts()
                .add("keep", Units.count(plan.packsKept(), "pack") + ", " + Units.bytes(plan.bytesKept()))
                .add(
                        "repack",
                        Units.count(plan.packsRepacked(), "pack") + ", " + Units.bytes(plan.bytesRepacked())
                                + ", of which " + Units.bytes(plan.bytesCopied()) + " are needed")
                .add("remove", Units.count(plan.packsRemoved(), "pack") + ", " + Units.bytes(plan.bytesRemoved()))
                .add("stays unused", Units.bytes(plan.bytesUnused()))
                .add(done ? "freed" : "would free", Units.bytes(plan.bytesFreed()));
        screen.print(facts.lines(screen.look()));
    }

    private static Json json(PrunePlan plan) {
        return Json.object()
                .put("packsKept", plan.packsKept())
                .put("bytesKept", plan.bytesKept())
                .put("packsRepacked", plan.packsRepacked())
                .put("bytesRepacked", plan.bytesRepacked())
                .put("bytesCopied", plan.bytesCopied())
                .put("packsRemoved", plan.packsRemoved())
                .put("bytesRemoved", plan.bytesRemoved())
                .put("bytesUnused", plan.bytesUnused())
                .put("bytesFreed", plan.bytesFreed())
                .put("writesIndex", plan.writesIndex());
    }
}
