package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Table;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.deployment.Topology;
import com.foodxchange.dr.mongo.restore.RestorePlan;
import com.foodxchange.dr.recovery.restore.RestorePreview;
import java.util.Locale;

/** What a restore would do. */
record RestorePlanView(RestorePreview preview, Topology target) {
    void show(Screen screen) {
        if (screen.json()) {
            screen.emit("plan", json());
            return;
        }
        screen.print("to " + Reports.moment(preview.reached()) + " in " + Consent.name(target) + " ("
                + String.join(", ", target.hosts()) + ")");
        Table table = new Table()
                .left("")
                .left("collection or view")
                .right("about to insert")
                .right("documents there now");
        for (RestorePlan.Step step : preview.plan().steps()) {
            table.row(
                    new Table.Cell(step.action().name().toLowerCase(Locale.ROOT), style(step.action())),
                    step.namespace(),
                    step.expectedBytes() == 0 ? "-" : Units.bytes(step.expectedBytes()),
                    step.existingDocuments() == 0 ? "-" : Units.count(step.existingDocuments()));
        }
        screen.print(table);
        FindingLines.print(screen, preview.findings());
    }

    private static Style style(RestorePlan.Action action) {
        return switch (action) {
            case CREATE -> Style.GOOD;
            case REPLACE, REMOVE -> Style.BAD;
            case SKIP -> Style.FAINT;
        };
    }

    private Json json() {
        return Json.object()
                .put("source", preview.point().source())
                .put("reached", Reports.json(preview.reached()))
                .put("target", Consent.name(target))
                .put("steps", Json.array(preview.plan().steps(), RestorePlanView::json))
                .put("findings", Json.array(preview.findings(), Shapes::json));
    }

    private static Json json(RestorePlan.Step step) {
        return Json.object()
                .put("action", step.action().name())
                .put("namespace", step.namespace().toString())
                .put("kind", step.type().name())
                .put("expectedBytes", step.expectedBytes())
                .put("existingDocuments", step.existingDocuments());
    }
}
