package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.restore.Restore;
import com.foodxchange.dr.mongo.restore.RestoreOptions;
import com.foodxchange.dr.mongo.restore.RestorePlan;
import com.foodxchange.dr.mongo.restore.RestoreReport;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.RestorePoint;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.recovery.restore.RecoveryReport.PhaseDuration;
import com.foodxchange.dr.repository.Repository;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings a deployment back to a moment. */
public final class RestoreRecipe {
    private final Repository repository;
    private final Workspace workspace;
    private final RecoveryProgress progress;
    private final InstantSource clock;

    public RestoreRecipe(Repository repository, Workspace workspace, RecoveryProgress progress) {
        this(repository, workspace, progress, InstantSource.system());
    }

    public RestoreRecipe(Repository repository, Workspace workspace, RecoveryProgress progress, InstantSource clock) {
        this.repository = repository;
        this.workspace = workspace;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * What {@link #run} would do. Reads the backups, and touches nothing in the target.
     *
     * @throws com.foodxchange.dr.recovery.RecoveryException UNKNOWN_SOURCE, OUTSIDE_WINDOW
     * @throws com.foodxchange.dr.mongo.DeploymentException TARGET_NOT_EMPTY, INVALID, and as the target throws it
     */
    public RestorePreview plan(RestoreRequest request, MongoClient target) throws IOException, InterruptedException {
        Instant disaster = disaster(request);
        RestorePoint point = choose(repository, request.source(), request.moment(), progress);
        try (JoinedMoment moment = JoinedMoment.open(repository, point, workspace, progress)) {
            List<CollectionContent> contents = request.selection().apply(moment.contents());
            announce(contents, progress);
            RestorePlan plan = new Restore(target, options(request), progress).plan(contents);
            return new RestorePreview(point, moment.reached(disaster), plan, findings(point, moment, null));
        }
    }

    /**
     * Restores and verifies.
     *
     * @param sinceCommand runs since the command was given, for the recovery time
     * @throws com.foodxchange.dr.recovery.RecoveryException UNKNOWN_SOURCE, OUTSIDE_WINDOW
     * @throws com.foodxchange.dr.mongo.DeploymentException when it could not be done; its hint says what state the target
     *     is in
     * @throws com.foodxchange.dr.repository.RepositoryException DAMAGED when a backup cannot be read
     */
    public RecoveryReport run(RestoreRequest request, MongoClient target, Stopwatch sinceCommand)
            throws IOException, InterruptedException {
        Instant disaster = disaster(request);
        List<PhaseDuration> phases = new ArrayList<>();
        Stopwatch choosing = Stopwatch.start();
        RestorePoint point = choose(repository, request.source(), request.moment(), progress);
        phases.add(new PhaseDuration("choose", choosing.elapsed()));
        Stopwatch joining = Stopwatch.start();
        try (JoinedMoment moment = JoinedMoment.open(repository, point, workspace, progress)) {
            List<CollectionContent> contents = request.selection().apply(moment.contents());
            announce(contents, progress);
            phases.add(new PhaseDuration("join", joining.elapsed()));
            RestoreReport restored = new Restore(target, options(request), progress).run(contents);
            restored.phases().forEach(phase -> phases.add(phase(phase)));
            return new RecoveryReport(
                    point,
                    moment.reached(disaster),
                    phases,
                    restored,
                    findings(point, moment, restored),
                    sinceCommand.elapsed());
        }
    }

    private Instant disaster(RestoreRequest request) {
        return request.disaster() == null ? clock.instant() : request.disaster();
    }

    static RestorePoint choose(
            Repository repository, @Nullable String source, Moment moment, RecoveryProgress progress) {
        Backups backups = Backups.list(repository);
        RestorePoint point = backups.timeline(backups.source(source)).at(moment);
        progress.chosen(point);
        return point;
    }

    static void announce(List<CollectionContent> contents, RecoveryProgress progress) {
        long bytes =
                contents.stream().mapToLong(CollectionContent::expectedBytes).sum();
        progress.joined(contents.size(), bytes);
    }

    /** Whole databases become as they were only when they are wanted as a whole. */
    private static RestoreOptions options(RestoreRequest request) {
        RestoreOptions options = request.options();
        return options.withReplaceWholeDatabases(
                options.replaceWholeDatabases() && request.selection().wholeDatabases());
    }

    private static PhaseDuration phase(RestoreReport.PhaseDuration phase) {
        return new PhaseDuration(phase.phase().name().toLowerCase(Locale.ROOT), phase.duration());
    }

    private static List<Finding> findings(RestorePoint point, JoinedMoment moment, @Nullable RestoreReport report) {
        Set<Finding> findings = new LinkedHashSet<>(point.notes());
        findings.addAll(moment.findings());
        if (report != null) {
            findings.addAll(report.findings());
        }
        return List.copyOf(findings);
    }
}
