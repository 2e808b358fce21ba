package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Facts;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Table;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.restore.RestoreReport;
import com.foodxchange.dr.mongo.restore.RestoreReport.CollectionResult;
import com.foodxchange.dr.mongo.restore.RestoreReport.Verdict;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import java.util.stream.Collectors;

/** What a restore brought back and what it cost. */
record RestoreSummary(RecoveryReport report) {
    /** Shows it and returns the exit code. */
    int show(Screen screen) {
        if (screen.json()) {
            screen.emit("restore", json());
        } else {
            print(screen);
        }
        return exitCode();
    }

    int exitCode() {
        if (report.complete()) {
            return ExitCode.DONE;
        }
        boolean different = report.restore().collections().stream()
                .anyMatch(collection -> collection.verdict() == Verdict.DIFFERENT);
        return different ? ExitCode.BAD : ExitCode.PARTLY;
    }

    private void print(Screen screen) {
        Table table = new Table()
                .left("collection or view")
                .right("documents")
                .right("bytes")
                .right("insert")
                .right("indexes")
                .right("read back")
                .left("verdict");
        report.restore().collections().forEach(collection -> row(table, collection));
        screen.print(table);
        FindingLines.print(screen, report.findings());
        screen.print("");
        screen.print(facts().lines(screen.look()));
    }

    private static void row(Table table, CollectionResult collection) {
        boolean view = collection.type() == CollectionSpec.Type.VIEW;
        table.row(
                collection.namespace(),
                collection.readBack() == null
                        ? "-"
                        : Units.count(collection.readBack().count()),
                collection.readBack() == null
                        ? "-"
                        : Units.bytes(collection.readBack().bytes()),
                view ? "-" : Units.duration(collection.timings().insert()),
                view ? "-" : Units.duration(collection.timings().index()),
                view ? "-" : Units.duration(collection.timings().verify()),
                verdict(collection.verdict(), view));
    }

    private static Table.Cell verdict(Verdict verdict, boolean view) {
        return switch (verdict) {
            case IDENTICAL -> new Table.Cell(view ? "created" : "identical", Style.GOOD);
            case DIFFERENT -> new Table.Cell("DIFFERENT", Style.BAD);
            case NOT_RESTORED -> new Table.Cell("NOT RESTORED", Style.BAD);
        };
    }

    private Facts facts() {
        RestoreReport restore = report.restore();
        String phases = report.phases().stream()
                .filter(phase -> phase.duration().toMillis() > 0)
                .map(phase -> phase.name() + " " + Units.duration(phase.duration()))
                .collect(Collectors.joining(", "));
        return new Facts()
                .add("restored", report.point().source() + " to " + Reports.moment(report.reached()))
                .add(
                        "from",
                        "full backup "
                                + Shapes.shortId(
                                        report.point().full().snapshot().id()) + " and "
                                + Units.count(report.point().slices().size(), "incremental backup") + ", "
                                + Units.count(report.reached().entries()) + " oplog entries joined")
                .add("back", Units.count(restore.documents(), "document") + ", " + Units.bytes(restore.bytes()))
                .add("verified", verified())
                .add("phases", phases)
                .add("recovery time", Units.duration(report.total()))
                .add(
                        "data loss",
                        Units.duration(report.reached().dataLoss()) + ", from "
                                + Units.time(report.reached().completeUntil()) + " to the start of this command");
    }

    private Table.Cell verified() {
        return report.complete()
                ? new Table.Cell("everything read back is what was backed up, byte for byte", Style.GOOD)
                : new Table.Cell("NOT everything is as it was: see the verdicts and problems above", Style.BAD);
    }

    private Json json() {
        return Json.object()
                .put("complete", report.complete())
                .put("exitCode", exitCode())
                .put("point", Reports.json(report.point()))
                .put("reached", Reports.json(report.reached()))
                .put("collections", Json.array(report.restore().collections(), RestoreSummary::json))
                .put("documents", report.restore().documents())
                .put("bytes", report.restore().bytes())
                .put(
                        "phases",
                        Json.array(
                                report.phases(),
                                phase -> Json.object().put("name", phase.name()).put("seconds", phase.duration())))
                .put("findings", Json.array(report.findings(), Shapes::json))
                .put("recoverySeconds", report.total());
    }

    private static Json json(CollectionResult collection) {
        return Json.object()
                .put("namespace", collection.namespace().toString())
                .put("kind", collection.type().name())
                .put("verdict", collection.verdict().name())
                .put("expected", Shapes.json(collection.expected()))
                .put("readBack", Shapes.json(collection.readBack()))
                .put("insertSeconds", collection.timings().insert())
                .put("indexSeconds", collection.timings().index())
                .put("verifySeconds", collection.timings().verify());
    }
}
