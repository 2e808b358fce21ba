package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains a command. */
@Command(name = "help", description = "Explain a command: dr help restore")
final class HelpCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "the command to explain")
    @Nullable
    String command;

    @SuppressWarnings("NullAway.Init") // picocli fills in spec
    HelpCommand(Surroundings surroundings) {
        screen = surroundings.screen();
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        CommandLine explained = command == null ? root : root.getSubcommands().get(command);
        if (explained == null) {
            throw new UsageException("there is no command '" + command + "'", "'dr help' lists the commands");
        }
        if (screen.json()) {
            screen.emit("help", Json.object().put("text", explained.getUsageMessage()));
        } else {
            explained.usage(root.getOut());
        }
        return ExitCode.DONE;
    }
}
