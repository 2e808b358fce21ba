package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Table;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.repository.Damage;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.SnapshotSummary;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what is in a repository. */
@Command(name = "snapshots", description = "List the backups in a repository, oldest first.")
final class SnapshotsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    final RepositoryOptions repository;

    @Mixin
    final SourceOption source = new SourceOption();

    SnapshotsCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        repository = new RepositoryOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Repository opened = repository.open()) {
            Backups backups = Backups.list(opened);
            List<BackupSnapshot> shown = source.name == null ? backups.all() : backups.of(backups.source(source.name));
            if (screen.json()) {
                emit(backups, shown);
            } else {
                print(backups, shown);
            }
            return backups.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.BAD;
        }
    }

    private void print(Backups backups, List<BackupSnapshot> shown) {
        Table table = new Table()
                .left("id")
                .left("taken")
                .left("source")
                .left("kind")
                .left("restores up to")
                .right("read")
                .right("stored")
                .left("databases");
        shown.forEach(backup -> table.row(
                Shapes.shortId(backup.snapshot().id()),
                Units.time(backup.snapshot().time()),
                backup.source(),
                backup.kind().label(),
                backup.ofOneMoment() ? Shapes.moment(backup.to()) : "no exact moment",
                size(backup, true),
                size(backup, false),
                backup.databases().isEmpty() ? "all" : String.join(", ", backup.databases())));
        if (table.isEmpty()) {
            screen.print("no backups yet: take one with 'dr backup'");
        } else {
            screen.print(table);
        }
        if (!backups.foreign().isEmpty()) {
            screen.note(Units.count(backups.foreign().size(), "snapshot") + " of other programs not shown");
        }
        for (Damage damage : backups.unreadable()) {
            screen.note(Style.BAD, damage.file() + " can not be read: " + damage.message());
        }
    }

    private static String size(BackupSnapshot backup, boolean read) {
        SnapshotSummary summary = backup.snapshot().summary();
        return summary == null ? "-" : Units.bytes(read ? summary.totalBytesProcessed() : summary.dataAddedPacked());
    }

    private void emit(Backups backups, List<BackupSnapshot> shown) {
        screen.emit(
                "snapshots",
                Json.object()
                        .put("snapshots", Json.array(shown, SnapshotsCommand::json))
                        .put("foreign", backups.foreign().size())
                        .put("unreadable", Json.array(backups.unreadable(), SnapshotsCommand::json)));
    }

    private static Json json(BackupSnapshot backup) {
        SnapshotSummary summary = backup.snapshot().summary();
        return Shapes.json(backup)
                .put("bytesRead", summary == null ? null : summary.totalBytesProcessed())
                .put("bytesAdded", summary == null ? null : summary.dataAdded())
                .put("bytesStored", summary == null ? null : summary.dataAddedPacked());
    }

    private static Json json(Damage damage) {
        return Json.object().put("file", damage.file()).put("message", damage.message());
    }
}
