package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.Arguments.Part;
import com.foodxchange.dr.cli.Arguments.Parts;
import com.foodxchange.dr.cli.output.Meter;
import com.foodxchange.dr.cli.output.Progress;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.recovery.upkeep.CheckProgress;
import com.foodxchange.dr.recovery.upkeep.CheckRecipe;
import com.foodxchange.dr.repository.CheckReport;
import com.foodxchange.dr.repository.CheckScope;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a repository. */
@Command(
        name = "check",
        description = {
            "Check whether everything that a restore reads is there and is what it has to be.",
            "Names every damaged file, and the snapshots and collections that are hit. Exit code 1 when there is damage."
        })
final class CheckCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    final RepositoryOptions repository;

    @Option(names = "--read-data", description = "read the data as well, and not its structure alone")
    boolean readData;

    @Option(
            names = "--part",
            paramLabel = "N/T",
            converter = Parts.class,
            description = "with --read-data: the N-th of T parts; all parts together read everything once")
    @Nullable
    Part part;

    CheckCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        repository = new RepositoryOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        CheckScope scope = scope();
        Packs packs = new Packs("check");
        CheckReport report = repository.withStore((store, password) ->
                Progress.during(screen, packs::sample, () -> new CheckRecipe(store, password).run(scope, packs)));
        new CheckView(report, scope).show(screen);
        return report.clean() ? ExitCode.DONE : ExitCode.BAD;
    }

    private CheckScope scope() {
        if (part == null) {
            return readData ? CheckScope.allData() : CheckScope.structure();
        }
        if (!readData) {
            throw new UsageException("--part says which data to read", "give --read-data as well");
        }
        if (part.of() > 256) {
            throw new UsageException("there can not be more than 256 parts", "give a part such as 1/6");
        }
        return CheckScope.partOfData(part.number(), part.of());
    }

    /** How many packs and bytes are done. Thread-safe. */
    static final class Packs implements CheckProgress {
        private final String phase;
        private volatile Meter.Sample newest;

        Packs(String phase) {
            this.phase = phase;
            newest = new Meter.Sample(phase, 0, 0, 0, "structure");
        }

        @Override
        public void done(long packs, long allPacks, long bytes, long allBytes) {
            newest = new Meter.Sample(phase, 0, bytes, allBytes, packs + " of " + allPacks + " packs");
        }

        @Override
        public void read(long files, long allFiles, long bytes, long allBytes) {
            newest = new Meter.Sample(phase, 0, bytes, allBytes, files + " of " + allFiles + " collections and oplogs");
        }

        Meter.Sample sample() {
            return newest;
        }
    }
}
