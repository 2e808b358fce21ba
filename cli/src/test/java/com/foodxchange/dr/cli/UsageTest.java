package com.foodxchange.dr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @TempDir
    Path folder;

    private final Shell shell = new Shell();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "backup",
                "capture",
                "snapshots",
                "window",
                "restore",
                "export",
                "check",
                "forget",
                "prune",
                "bench",
                "demo",
                "completion"
            })
    void everyCommandExplainsItselfInTwoWays(String command) {
        String help = shell.run("help", command).done().out();

        assertThat(help).startsWith("Usage: dr " + command).contains("--output");
        assertThat(shell.run(command, "--help").done().out()).isEqualTo(help);
    }

    @Test
    void withoutACommandTheUsageIsShownAndNothingCountsAsDone() {
        assertThat(shell.run().failed(2, "no command", "dr demo").out()).contains("Usage: dr", "Exit codes:");
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(shell.run("--version").done().out()).startsWith("dr ").hasLineCount(1);
    }

    @Test
    void completionIsAScriptThatKnowsTheCommands() {
        assertThat(shell.run("completion").done().out())
                .contains("complete -F _complete_dr", "restore", "--password-file");
    }

    @Test
    void whatIsMistypedIsSaidWithWhatWasMeant() {
        shell.run("snapshot").failed(2, "'snapshot'", "did you mean");
        shell.run("restore", "--drp").failed(2, "unknown option: '--drp'", "--drop");
        shell.run("help", "nothing").failed(2, "no command 'nothing'", "dr help");
    }

    @Test
    void valuesThatMakeNoSenseAreToldBeforeAnythingIsTouched() {
        shell.run("restore", "--at", "yesterday").failed(2, "'yesterday' is no moment", "2026-");
        shell.run("capture", "--every", "5x").failed(2, "'5x' is no duration", "dr help capture");
        shell.run("restore", "--collection", "payments").failed(2, "not a namespace", "dr help restore");
        shell.run("check", "--part", "7/6").failed(2, "'7/6' is no part", "dr help check");
        shell.run("bench", "--size", "much").failed(2, "'much' is no size", "dr help bench");
        shell.run("backup", "--kind", "some").failed(2, "--kind", "dr help backup");
        shell.run("export").failed(2, "--to", "dr help export");
    }

    @Test
    void whatIsMissingIsNamedWithBothWaysToGiveIt() {
        shell.run("snapshots").failed(2, "no repository", "DR_REPO");
        shell.with("DR_REPO", folder.toString()).run("backup").failed(2, "no deployment", "DR_URI");
        shell.run("check", "--part", "1/2").failed(2, "--part", "--read-data");
        shell.run("forget").failed(2, "no rule", "--keep-daily 30");
    }

    @Test
    void aRepositoryThatIsNotThereHasItsOwnExitCode() {
        shell.with("DR_REPO", folder.resolve("none").toString());

        shell.run("snapshots").failed(10, "no repository", "dr init");
        shell.run("check").failed(10, "no repository", "check the place");
    }

    @Test
    void aPasswordInAUriIsNeverShown() {
        shell.with("DR_REPO", folder.toString());

        Shell.Run run = shell.run("backup", "--uri", "mongodb://dba:s3cr:et@db1", "-o", "json");

        run.failed(2, "mongodb://dba:***@db1", "%40");
        assertThat(run.toString()).doesNotContain("s3cr");
    }

    @Test
    void programsGetFailuresAsADocument() {
        BsonDocument error = shell.run("snapshots", "-o", "json")
                .failed(2, "no repository", "DR_REPO")
                .result("error");

        assertThat(error.getInt32("exitCode").getValue()).isEqualTo(2);
        assertThat(error.getString("kind").getValue()).isEqualTo("USAGE");
        assertThat(error.getString("hint").getValue()).contains("--repo");
    }

    @Test
    void aStackTraceIsShownToWhoeverAsksForIt() {
        assertThat(shell.run("snapshots", "--debug").err()).contains("UsageException", "at com.foodxchange");
        assertThat(shell.with("DR_DEBUG", "1").run("snapshots").err()).contains("at com.foodxchange");
    }

    @Test
    void nothingIsDestroyedWhereNobodyCanBeAsked() {
        shell.with("DR_REPO", folder.toString()).with("DR_URI", "mongodb://127.0.0.1:1");

        shell.run("restore", "--drop").failed(2, "destroys data", "--yes");
        shell.run("forget", "--keep-last", "1").failed(2, "destroys data", "--yes");
        shell.run("prune").failed(2, "destroys data", "--dry-run");
    }
}
