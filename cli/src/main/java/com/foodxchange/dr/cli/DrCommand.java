package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Look;
import com.foodxchange.dr.cli.output.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code dr} command: finds the command to run, and turns how it ended into an exit code. */
@Command(
        name = "dr",
        versionProvider = Version.class,
        description = "Disaster recovery of a MongoDB-backed service: back up, lose, restore to any moment.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "First minute:    dr demo",
            "On real data:    export DR_REPO=/backups/foodxchange DR_URI='mongodb://…' DR_PASSWORD=…",
            "                 dr init;  dr backup;  dr capture &  ;  dr window;  dr restore --at latest --drop",
            "",
            "Exit codes:      0 done   1 failed, or the answer is bad   2 usage   3 partly done",
            "                 10 no repository   11 locked   12 wrong password   130 interrupted",
        })
final class DrCommand implements Runnable {
    private final Surroundings surroundings;

    @Spec
    CommandSpec spec;

    private boolean debug;

    @SuppressWarnings("NullAway.Init") // picocli fills in spec
    private DrCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        debug = surroundings.debugging();
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description =
                    "tables for people (default), or JSON with a schemaVersion: one document, or a line per event")
    void setFormat(Screen.Format format) {
        surroundings.screen().setFormat(format);
    }

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "show the stack trace of a failure, as DR_DEBUG=1 does")
    void setDebug(boolean value) {
        debug = value;
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    boolean version;

    /** Runs the command that the arguments name and returns its exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        DrCommand root = new DrCommand(surroundings);
        CommandLine line = root.commandLine();
        try {
            return line.execute(arguments);
        } catch (Error e) { // such as too little memory, which picocli leaves to us
            return root.failed(e, line);
        }
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(this);
        addCommands(line);
        Look look = surroundings.screen().look();
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(Math.min(look.width(), 120));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(look.colour() ? Ansi.ON : Ansi.OFF));
        line.setOut(surroundings.screen().writer());
        line.setParameterExceptionHandler((exception, arguments) -> failed(exception, exception.getCommandLine()));
        line.setExecutionExceptionHandler((exception, command, parsed) -> failed(exception, command));
        return line;
    }

    private void addCommands(CommandLine line) {
        line.addSubcommand(new InitCommand(surroundings));
        line.addSubcommand(new BackupCommand(surroundings));
        line.addSubcommand(new CaptureCommand(surroundings));
        line.addSubcommand(new SnapshotsCommand(surroundings));
        line.addSubcommand(new WindowCommand(surroundings));
        line.addSubcommand(new RestoreCommand(surroundings));
        line.addSubcommand(new ExportCommand(surroundings));
        line.addSubcommand(new CheckCommand(surroundings));
        line.addSubcommand(new ForgetCommand(surroundings));
        line.addSubcommand(new PruneCommand(surroundings));
        line.addSubcommand(new DemoCommand(surroundings));
        line.addSubcommand(new BenchCommand(surroundings));
        line.addSubcommand(new HelpCommand(surroundings));
        line.addSubcommand(new CompletionCommand(surroundings));
        line.addSubcommand(new WarmUpCommand(surroundings));
    }

    private int failed(Throwable exception, CommandLine command) {
        Failure failure = Failures.of(exception, command);
        failure.show(surroundings.screen());
        if (debug) {
            StringWriter trace = new StringWriter();
            exception.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(surroundings.screen()::note);
        }
        return failure.exitCode();
    }

    /** Nothing was asked for. */
    @Override
    public void run() {
        surroundings.screen().print(spec.commandLine().getUsageMessage().lines().toList());
        throw new UsageException("no command given", "'dr demo' shows what this is about");
    }
}
