package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Facts;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Progress;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.recovery.restore.Export;
import com.foodxchange.dr.recovery.restore.ExportReport;
import com.foodxchange.dr.recovery.restore.Workspace;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a moment as a mongodump tree. */
@Command(
        name = "export",
        description = "Write a moment as a mongodump tree, ready for mongorestore; no server is needed.")
final class ExportCommand implements Callable<Integer> {
    private final Screen screen;
    private final SpoolStep spool;

    @Mixin
    final RepositoryOptions repository;

    @Mixin
    final SelectionOptions selection = new SelectionOptions();

    @Mixin
    final StateOption state;

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "a folder, new or empty")
    @SuppressWarnings("NullAway.Init") // required
    Path to;

    @SuppressWarnings("NullAway.Init")
    ExportCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        spool = new SpoolStep(screen);
        repository = new RepositoryOptions(surroundings);
        state = new StateOption(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RestoreMeter meter = new RestoreMeter();
        ExportReport report;
        try (Repository opened = repository.open()) {
            spool.run(opened, state.folder());
            Export export = new Export(opened, Workspace.standard(), meter);
            report = Progress.during(
                    screen,
                    meter::sample,
                    () -> export.run(selection.source.name, selection.at, selection.selection(), to));
        }
        if (screen.json()) {
            screen.emit("export", json(report));
        } else {
            print(report);
        }
        boolean complete =
                report.findings().stream().noneMatch(finding -> finding.severity() == Finding.Severity.PROBLEM);
        return complete ? ExitCode.DONE : ExitCode.PARTLY;
    }

    private void print(ExportReport report) {
        long documents = 0;
        long bytes = 0;
        for (ContentHash.Value content : report.collections().values()) {
            documents += content.count();
            bytes += content.bytes();
        }
        FindingLines.print(screen, report.findings());
        Facts facts = new Facts()
                .add("exported", report.point().source() + " at " + Reports.moment(report.reached()))
                .add("to", to)
                .add(
                        "holds",
                        report.collections().size() + " collections, " + Units.count(documents, "document") + ", "
                                + Units.bytes(bytes))
                .add("took", Units.duration(report.total()))
                .add("next", "mongorestore --uri=\"$DR_URI\" " + to);
        screen.print(facts.lines(screen.look()));
    }

    private Json json(ExportReport report) {
        List<Json> collections = new ArrayList<>();
        report.collections()
                .forEach((namespace, content) -> collections.add(
                        Json.object().put("namespace", namespace.toString()).put("content", Shapes.json(content))));
        return Json.object()
                .put("folder", to.toString())
                .put("point", Reports.json(report.point()))
                .put("reached", Reports.json(report.reached()))
                .put("collections", collections)
                .put("findings", Json.array(report.findings(), Shapes::json))
                .put("totalSeconds", report.total());
    }
}
