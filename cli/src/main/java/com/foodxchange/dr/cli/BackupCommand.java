package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Progress;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.recovery.backup.Backup;
import com.foodxchange.dr.recovery.backup.BackupRequest;
import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes one backup. */
@Command(
        name = "backup",
        description = {
            "Back up a deployment once: everything, or what changed since the last backup.",
            "Without --db everything but 'local' and the server's own 'config' is taken, users and roles included."
        })
final class BackupCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    final RepositoryOptions repository;

    @Mixin
    final DeploymentOptions deployment;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "the name to keep the backups under; default the replica set's name")
    @Nullable
    String source;

    @Option(names = "--db", paramLabel = "NAME", description = "only this database; may be repeated")
    Set<String> databases = new LinkedHashSet<>();

    @Option(
            names = "--kind",
            paramLabel = "auto|full|incremental",
            description = "default auto: incremental where it continues what is there")
    BackupRequest.Choice kind = BackupRequest.Choice.AUTO;

    BackupCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        repository = new RepositoryOptions(surroundings);
        deployment = new DeploymentOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        BackupRequest request = new BackupRequest(source, databases, kind);
        deployment.uri();
        BackupMeter meter = new BackupMeter();
        BackupResult result;
        try (Repository opened = repository.openToChange();
                Deployment connected = deployment.connect()) {
            Backup backup = new Backup(opened, connected, InstantSource.system());
            result = Progress.during(screen, meter::sample, () -> backup.run(request, meter));
        }
        BackupReport report = new BackupReport(result);
        if (screen.json()) {
            screen.emit("backup", report.json());
        } else {
            report.print(screen);
        }
        return report.complete() ? ExitCode.DONE : ExitCode.PARTLY;
    }
}
