package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Facts;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes a repository. */
@Command(
        name = "init",
        description = {
            "Make a new repository in a folder.",
            "Without its password nothing in it can ever be read again: keep the password where the disaster is not."
        })
final class InitCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    final RepositoryOptions options;

    InitCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        options = new RepositoryOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Repository repository = options.init()) {
            if (screen.json()) {
                screen.emit(
                        "repository",
                        Json.object()
                                .put("id", repository.id())
                                .put("location", options.folder().toString()));
            } else {
                Facts facts = new Facts()
                        .add("repository", options.folder())
                        .add("id", Shapes.shortId(repository.id()))
                        .add("format", "restic, version 2: restic can read it with the same password");
                screen.print(facts.lines(screen.look()));
            }
        }
        return ExitCode.DONE;
    }
}
