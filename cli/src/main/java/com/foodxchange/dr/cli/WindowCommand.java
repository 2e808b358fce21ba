package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Table;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.Gap;
import com.foodxchange.dr.recovery.Timeline;
import com.foodxchange.dr.recovery.Window;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what can be restored. */
@Command(
        name = "window",
        description = {
            "Show which moments can be restored, and why the others can not.",
            "Every moment of a window, its ends included, can be given to 'dr restore --at'. Times are UTC."
        })
final class WindowCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    final RepositoryOptions repository;

    @Mixin
    final SourceOption source = new SourceOption();

    WindowCommand(Surroundings surroundings) {
        screen = surroundings.screen();
        repository = new RepositoryOptions(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Repository opened = repository.open()) {
            Backups backups = Backups.list(opened);
            SortedSet<String> sources =
                    source.name == null ? backups.sources() : new TreeSet<>(List.of(backups.source(source.name)));
            List<Timeline> timelines = sources.stream().map(backups::timeline).toList();
            if (screen.json()) {
                screen.emit("windows", Json.object().put("sources", Json.array(timelines, WindowCommand::json)));
            } else {
                timelines.forEach(this::print);
            }
            boolean restorable = !timelines.isEmpty()
                    && timelines.stream().noneMatch(line -> line.windows().isEmpty());
            if (timelines.isEmpty() && !screen.json()) {
                screen.print("nothing can be restored: there are no backups yet");
            }
            return restorable ? ExitCode.DONE : ExitCode.BAD;
        }
    }

    private void print(Timeline timeline) {
        screen.print(screen.look().paint(Style.STRONG, "source " + timeline.source()));
        Table table =
                new Table().left("").left("from").left("to").right("length").left("rests on, or why");
        rows(timeline).forEach(row -> table.row(row.cells().toArray()));
        screen.print(table);
    }

    private record Row(@Nullable OpTime start, List<Object> cells) {}

    /** Windows and gaps in the order of time. */
    private static List<Row> rows(Timeline timeline) {
        List<Row> rows = new ArrayList<>();
        for (Window window : timeline.windows()) {
            rows.add(new Row(
                    window.from(),
                    List.of(
                            new Table.Cell("window", Style.GOOD),
                            Shapes.moment(window.from()),
                            Shapes.moment(window.to()),
                            length(window.from(), window.to()),
                            backups(window))));
        }
        for (Gap gap : timeline.gaps()) {
            rows.add(new Row(
                    gap.after(),
                    List.of(
                            new Table.Cell("gap", Style.BAD),
                            Shapes.moment(gap.after()),
                            Shapes.moment(gap.before()),
                            length(gap.after(), gap.before()),
                            gap.message())));
        }
        rows.sort((one, other) -> Long.compareUnsigned(start(one), start(other)));
        return rows;
    }

    private static long start(Row row) {
        return row.start() == null ? 0 : row.start().ts().getValue();
    }

    private static String backups(Window window) {
        String text = window.fulls().size() + " full, " + window.slices().size() + " incremental";
        return window.ofOneMoment() ? text : text + "; a standalone server: of no exact moment";
    }

    private static String length(@Nullable OpTime from, @Nullable OpTime to) {
        return from == null || to == null ? "-" : Units.duration(Duration.ofSeconds(to.seconds() - from.seconds()));
    }

    private static Json json(Timeline timeline) {
        return Json.object()
                .put("source", timeline.source())
                .put("windows", Json.array(timeline.windows(), WindowCommand::json))
                .put("gaps", Json.array(timeline.gaps(), WindowCommand::json));
    }

    private static Json json(Window window) {
        return Json.object()
                .put("from", Shapes.json(window.from()))
                .put("to", Shapes.json(window.to()))
                .put("set", window.set())
                .put("ofOneMoment", window.ofOneMoment())
                .put(
                        "fulls",
                        window.fulls().stream()
                                .map(full -> full.snapshot().id())
                                .toList())
                .put(
                        "slices",
                        window.slices().stream()
                                .map(slice -> slice.snapshot().id())
                                .toList());
    }

    private static Json json(Gap gap) {
        return Json.object()
                .put("after", Shapes.json(gap.after()))
                .put("before", Shapes.json(gap.before()))
                .put("reason", gap.reason().name())
                .put("message", gap.message());
    }
}
