package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes bash and zsh complete the command line. */
@Command(name = "completion", description = "Print the completion script for bash and zsh: source <(dr completion)")
final class CompletionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills in spec
    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("dr", spec.root().commandLine());
        Screen screen = surroundings.screen();
        if (screen.json()) {
            screen.emit("completion", Json.object().put("script", script));
        } else {
            screen.print(script.lines().toList());
        }
        return ExitCode.DONE;
    }
}
