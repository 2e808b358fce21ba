package com.foodxchange.dr.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README and docs tell a person to type does what they say. Names and moments of the examples are replaced. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*");

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ProtectedDeployment deployment;

    @SuppressWarnings("NullAway.Init")
    private DrProcess dr;

    @BeforeEach
    void start() throws Exception {
        deployment = new ProtectedDeployment();
        dr = new DrProcess(directory, directory.resolve("repository"), deployment.uri());
        for (int i = 0; i < 500; i++) {
            deployment
                    .deployment()
                    .client()
                    .getDatabase(database())
                    .getCollection("payments")
                    .insertOne(new Document("_id", i).append("amount", 100 + i));
        }
    }

    private String database() {
        return deployment.databases().getFirst();
    }

    @AfterEach
    void stop() {
        deployment.deployment().client().getDatabase(database() + "_before").drop();
        deployment.close();
    }

    @Test
    void theReadmeProtectsSomethingReal() throws Exception {
        List<String> commands = commands("README.md", "./dr ");
        assertThat(commands).hasSizeGreaterThan(8);
        for (String command : commands) {
            if (!command.startsWith("./dr demo") && !command.startsWith("./dr capture")) {
                List<String> arguments = arguments(command);
                DrProcess.Result result = dr.run(arguments);
                assertThat(result.exit())
                        .as("%s said %s", command, result.output())
                        .isZero();
            }
        }
    }

    @Test
    void aRestoreWithoutThisProgramIsPossible() throws Exception {
        boolean there = onPath("restic");
        if (System.getenv("CI") == null) {
            assumeThat(there).as("restic is on PATH").isTrue();
        }
        assertThat(there).as("restic is on PATH, as CI installs it").isTrue();
        for (List<String> arguments : List.of(
                List.of("init"),
                List.of("backup", "--db", database(), "--kind", "full"),
                List.of("backup", "--db", database()))) {
            DrProcess.Result result = dr.run(arguments);
            assertThat(result.exit()).as(result.output()).isZero();
            deployment
                    .deployment()
                    .client()
                    .getDatabase(database())
                    .getCollection("payments")
                    .insertOne(new Document("amount", 1));
        }
        String slice = snapshotOf("incremental");
        for (String command : commands("docs/restore-without-us.md", "restic ")) {
            DrProcess.Result result = dr.runOther(
                    List.of("sh", "-ec", command.replace("/tmp/dump", "dump").replace("SNAPSHOT", slice)));
            assertThat(result.exit()).as("%s said %s", command, result.output()).isZero();
        }
        assertThat(directory.resolve("dump").resolve(database()).resolve("payments.bson"))
                .isNotEmptyFile();
        if (onPath("mongorestore")) {
            assertThat(commands("docs/restore-without-us.md", "mongorestore ")).hasSize(1);
        }
    }

    private String snapshotOf(String kind) throws Exception {
        DrProcess.Result result = dr.runOther(List.of(
                "sh", "-ec", "restic snapshots --json --tag kind:" + kind + " | grep -o '\"short_id\":\"[0-9a-f]*'"));
        assertThat(result.exit()).as(result.output()).isZero();
        return result.output().strip().replaceAll(".*\"", "");
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The lines of a document's code blocks that start like that, without their comments. */
    private static List<String> commands(String document, String start) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(ROOT.resolve(document))) {
            code ^= line.startsWith("```");
            if (code && line.startsWith(start)) {
                commands.add(COMMENT.matcher(line).replaceFirst(""));
            }
        }
        return commands;
    }

    /** The arguments, with what belongs to the example replaced by what is there. */
    private List<String> arguments(String command) throws Exception {
        String moment = "latest";
        Map<String, String> examples = Map.of(
                "2026-11-24T13:05:00Z",
                moment,
                "1790000000,3",
                moment,
                "shop.payments_before",
                database() + "_before.payments",
                "shop.payments",
                database() + ".payments",
                "/tmp/dump",
                directory.resolve("exported").toString());
        List<String> arguments = new ArrayList<>();
        for (String word : command.substring("./dr ".length()).split("\\s+", -1)) {
            String replaced = word;
            for (String example : examples.keySet().stream()
                    .sorted((one, other) -> other.length() - one.length())
                    .toList()) {
                replaced = replaced.replace(example, String.valueOf(examples.get(example)));
            }
            arguments.add(replaced);
        }
        if (arguments.getFirst().equals("backup")) {
            arguments.addAll(List.of("--db", database()));
        }
        if (arguments.contains("--drop")) {
            arguments.add("--yes");
        }
        return arguments;
    }
}
