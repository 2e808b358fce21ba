package com.foodxchange.dr.cli;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.repository.RepositoryException;
import com.mongodb.MongoInterruptedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where exceptions become a sentence, a hint and an exit code. */
final class Failures {
    private static final String NO_SPACE = "No space left on device";

    private Failures() {}

    /** What to say about the exception that ended the command. */
    static Failure of(Throwable thrown, CommandLine command) {
        if (wasInterrupted(thrown)) {
            return interrupted(command);
        }
        return switch (thrown) {
            case UsageException e -> usage(sentence(e), e.hint());
            case ParameterException e -> parameter(e);
            case RepositoryException e ->
                new Failure(exitCode(e.kind()), e.kind().name(), sentence(e), e.hint());
            case RecoveryException e -> new Failure(exitCode(e.kind()), e.kind().name(), sentence(e), e.hint());
            case DeploymentException e -> new Failure(ExitCode.BAD, e.kind().name(), sentence(e), e.hint());
            case ExecutionException e when e.getCause() != null -> of(e.getCause(), command);
            case UncheckedIOException e -> storage(Objects.requireNonNull(e.getCause()));
            case IOException e -> storage(e);
            case OutOfMemoryError e -> outOfMemory();
            default -> unexpected(thrown, command);
        };
    }

    /** Whatever it was wrapped in on its way: a store that is interrupted reports a failure of the storage. */
    private static boolean wasInterrupted(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || cause instanceof MongoInterruptedException
                    || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    private static int exitCode(RepositoryException.Kind kind) {
        return switch (kind) {
            case NO_REPOSITORY -> ExitCode.NO_REPOSITORY;
            case LOCKED -> ExitCode.LOCKED;
            case WRONG_PASSWORD -> ExitCode.WRONG_PASSWORD;
            case EXISTS, DAMAGED, STORAGE, INVALID -> ExitCode.BAD;
        };
    }

    private static int exitCode(RecoveryException.Kind kind) {
        return switch (kind) {
            case BUSY -> ExitCode.LOCKED;
            case INVALID -> ExitCode.USAGE;
            case UNKNOWN_SOURCE, OUTSIDE_WINDOW, NOTHING_TO_CONTINUE, DAMAGED -> ExitCode.BAD;
        };
    }

    private static Failure usage(String message, String hint) {
        return new Failure(ExitCode.USAGE, "USAGE", message, hint);
    }

    private static Failure parameter(ParameterException exception) {
        if (exception.getCause() instanceof UsageException cause) {
            return usage(sentence(cause), cause.hint());
        }
        String hint = "'dr help" + name(exception.getCommandLine()) + "' shows what there is";
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            hint = near.isEmpty() ? hint : "did you mean " + String.join(" or ", near) + "? " + hint;
        }
        return usage(lowerFirst(sentence(exception)), hint);
    }

    private static String name(CommandLine command) {
        return command.getParent() == null ? "" : " " + command.getCommandName();
    }

    private static Failure interrupted(CommandLine command) {
        String state = switch (command.getCommandName()) {
            case "restore" -> "the target keeps what it had until everything is there to be swapped in";
            case "export" -> "files have their names only when an export is complete; empty the folder";
            default -> "nothing half-finished is visible in a repository";
        };
        return new Failure(
                ExitCode.INTERRUPTED, "INTERRUPTED", "stopped before the work was done", state + "; run it again");
    }

    private static Failure storage(IOException exception) {
        String message = sentence(exception);
        String hint = switch (exception) {
            case NoSuchFileException e -> "check the path";
            case AccessDeniedException e -> "check the permissions";
            default ->
                message.contains(NO_SPACE)
                        ? "free some space, then run the same command again; the repository is as it was"
                        : "check the disk and its free space, then run the same command again";
        };
        return new Failure(ExitCode.BAD, "STORAGE", message, hint);
    }

    private static Failure outOfMemory() {
        return new Failure(
                ExitCode.BAD,
                "OUT_OF_MEMORY",
                "the memory given to dr did not suffice",
                "give it more: DR_JAVA_OPTS=-Xmx1g dr ...");
    }

    private static Failure unexpected(Throwable thrown, CommandLine command) {
        return new Failure(
                ExitCode.BAD,
                "UNEXPECTED",
                "a defect of dr in '" + command.getCommandName() + "': " + thrown,
                "run it again with --debug and report what it prints");
    }

    private static String sentence(Throwable thrown) {
        String message = thrown.getMessage();
        return switch (thrown) {
            case NoSuchFileException e -> "there is no " + message;
            case AccessDeniedException e -> "no permission for " + message;
            default -> message == null ? thrown.getClass().getSimpleName() : withoutCommand(message);
        };
    }

    /** A server that refuses a command repeats all of it. */
    private static String withoutCommand(String message) {
        int command = message.indexOf(" to execute command {");
        return command < 0 ? message : message.substring(0, command);
    }

    /** picocli begins its sentences with a capital. */
    private static String lowerFirst(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.isEmpty() ? line : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
    }
}
