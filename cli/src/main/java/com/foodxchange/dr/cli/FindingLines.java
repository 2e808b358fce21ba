package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.mongo.Finding;
import java.util.List;

/** What a person should know about a result, a line each. */
final class FindingLines {
    private FindingLines() {}

    static void print(Screen screen, List<Finding> findings) {
        for (Finding finding : findings) {
            boolean problem = finding.severity() == Finding.Severity.PROBLEM;
            String mark = screen.look().paint(problem ? Style.BAD : Style.WARNING, problem ? "problem" : "note");
            screen.print(mark + "  " + finding.subject() + ": " + finding.message());
        }
    }
}
