package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.demo.DemoReport;
import com.foodxchange.dr.cli.demo.Tier;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Table;
import com.foodxchange.dr.cli.output.Units;
import java.util.Locale;

/** The objectives beside what was measured. */
record DemoView(DemoReport report) {
    void show(Screen screen) {
        if (screen.json()) {
            screen.emit("demo", json());
            return;
        }
        Table table = new Table()
                .left("tier")
                .left("system")
                .left("collection")
                .left("content")
                .right("RPO")
                .right("measured")
                .right("lost")
                .right("RTO")
                .right("measured")
                .left("verdict");
        report.results().forEach(result -> row(table, result));
        screen.print("");
        screen.print(table);
        for (String finding : report.findings()) {
            screen.print(screen.look().paint(Style.BAD, "problem") + "  " + finding);
        }
        screen.print("");
        screen.print(
                report.met()
                        ? screen.look().paint(Style.GOOD, "Objectives met: everything is back as it was recorded.")
                        : screen.look().paint(Style.BAD, "Objectives MISSED: see the table."));
    }

    private static void row(Table table, DemoReport.Result result) {
        Tier tier = result.part().tier();
        boolean inTime = result.dataLoss().compareTo(tier.rpo()) <= 0;
        table.row(
                tier.name().toLowerCase(Locale.ROOT),
                result.part().system(),
                result.part().collection(),
                result.identical() ? new Table.Cell("identical", Style.GOOD) : new Table.Cell("DIFFERENT", Style.BAD),
                Units.duration(tier.rpo()),
                new Table.Cell(Units.duration(result.dataLoss()), inTime ? Style.PLAIN : Style.BAD),
                Units.count(result.lost()),
                Units.duration(tier.rto()),
                Units.duration(result.recoveryTime()),
                result.met() ? new Table.Cell("met", Style.GOOD) : new Table.Cell("MISSED", Style.BAD));
    }

    private Json json() {
        return Json.object()
                .put("met", report.met())
                .put("restoredTo", Shapes.json(report.restoredTo()))
                .put("disaster", report.disaster())
                .put("results", Json.array(report.results(), DemoView::json))
                .put("figures", report.figures())
                .put("findings", report.findings());
    }

    private static Json json(DemoReport.Result result) {
        Tier tier = result.part().tier();
        return Json.object()
                .put("tier", tier.name().toLowerCase(Locale.ROOT))
                .put("system", result.part().system())
                .put("collection", result.part().collection())
                .put("recorded", Shapes.json(result.recorded()))
                .put("found", Shapes.json(result.found()))
                .put("identical", result.identical())
                .put("rpoObjectiveSeconds", tier.rpo())
                .put("rpoMeasuredSeconds", result.dataLoss())
                .put("lostChanges", result.lost())
                .put("rtoObjectiveSeconds", tier.rto())
                .put("rtoMeasuredSeconds", result.recoveryTime())
                .put("met", result.met());
    }
}
