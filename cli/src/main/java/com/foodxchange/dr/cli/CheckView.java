package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.repository.CheckFinding;
import com.foodxchange.dr.repository.CheckReport;
import com.foodxchange.dr.repository.CheckScope;
import com.foodxchange.dr.repository.Snapshot;
import java.util.List;

/** What a check found. */
record CheckView(CheckReport report, CheckScope scope) {
    private static final int PATHS = 5;
    private static final int HITS = 10;

    void show(Screen screen) {
        if (screen.json()) {
            screen.emit("check", json());
            return;
        }
        report.findings().forEach(finding -> print(screen, finding));
        String looked = Units.count(report.snapshots(), "snapshot") + ", " + Units.count(report.indexFiles())
                + " index files, " + Units.count(report.packs(), "pack") + ", " + Units.count(report.blobs(), "blob")
                + ", " + Units.bytes(report.bytes());
        screen.print("checked    " + looked);
        screen.print("data read  " + dataRead());
        if (report.clean()) {
            screen.print(screen.look().paint(Style.GOOD, "no damage found"));
        } else {
            List<Snapshot> hit = report.hitSnapshots();
            screen.print(screen.look()
                    .paint(
                            Style.BAD,
                            Units.count(report.problems().size(), "problem") + "; "
                                    + Units.count(hit.size(), "snapshot") + " can not be restored completely"));
        }
    }

    private String dataRead() {
        if (!scope.readData()) {
            return "none: --read-data reads it";
        }
        String part = scope.parts() == 1 ? "" : ", part " + scope.part() + " of " + scope.parts();
        return Units.count(report.packsRead(), "pack") + ", " + Units.bytes(report.bytesRead()) + part;
    }

    private static void print(Screen screen, CheckFinding finding) {
        boolean problem = finding.severity() == CheckFinding.Severity.PROBLEM;
        String mark = screen.look().paint(problem ? Style.BAD : Style.WARNING, problem ? "problem" : "note");
        screen.print(mark + "  " + finding.file() + ": " + finding.message());
        finding.hits().stream().limit(HITS).forEach(hit -> screen.print("  hits " + text(screen, hit)));
        if (finding.hits().size() > HITS) {
            screen.print("  and " + Units.count(finding.hits().size() - HITS, "snapshot") + " more");
        }
        if (!finding.hint().isEmpty()) {
            screen.print("  HINT: " + finding.hint());
        }
    }

    private static String text(Screen screen, CheckFinding.Hit hit) {
        String paths = String.join(", ", hit.paths().stream().limit(PATHS).toList());
        long more = hit.allPaths() - Math.min(PATHS, hit.paths().size());
        return "snapshot " + Shapes.shortId(hit.snapshot().id()) + " of "
                + Units.time(hit.snapshot().time()) + ": " + paths
                + (more > 0 ? screen.look().ellipsis() + " and " + Units.count(more) + " more" : "");
    }

    private Json json() {
        return Json.object()
                .put("clean", report.clean())
                .put("readData", scope.readData())
                .put("part", scope.part())
                .put("parts", scope.parts())
                .put("snapshots", report.snapshots())
                .put("indexFiles", report.indexFiles())
                .put("packs", report.packs())
                .put("blobs", report.blobs())
                .put("bytes", report.bytes())
                .put("packsRead", report.packsRead())
                .put("bytesRead", report.bytesRead())
                .put(
                        "hitSnapshots",
                        report.hitSnapshots().stream().map(Snapshot::id).toList())
                .put("findings", Json.array(report.findings(), CheckView::json));
    }

    private static Json json(CheckFinding finding) {
        return Json.object()
                .put("severity", finding.severity().name())
                .put("file", finding.file())
                .put("message", finding.message())
                .put("hint", finding.hint())
                .put("hits", Json.array(finding.hits(), CheckView::json));
    }

    private static Json json(CheckFinding.Hit hit) {
        return Json.object()
                .put("snapshot", hit.snapshot().id())
                .put("time", hit.snapshot().time())
                .put("paths", hit.paths())
                .put("allPaths", hit.allPaths());
    }
}
