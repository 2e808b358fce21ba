package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.Planner.Draft;
import com.foodxchange.dr.mongo.restore.RestoreProgress.Phase;
import com.foodxchange.dr.mongo.restore.RestoreReport.CollectionResult;
import com.foodxchange.dr.mongo.restore.RestoreReport.PhaseDuration;
import com.foodxchange.dr.mongo.restore.RestoreReport.Timings;
import com.foodxchange.dr.mongo.restore.RestoreReport.Verdict;
import com.foodxchange.dr.mongo.restore.Target.Existing;
import com.foodxchange.dr.mongo.restore.Task.Way;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One restore from its plan to its report. */
final class RestoreRun {
    /** Threads that read contents: one would do for large collections, and small ones wait for the server most of the time. */
    private static final int READERS = 2;
    /** Collections that are proven at the same time; each holds a reply of the server in memory. */
    private static final int PROVERS = 2;

    private static final long CLEAN_UP_SECONDS = 5;
    private static final Set<String> AUTHORIZATION = Set.of("system.users", "system.roles");

    private final MongoClient client;
    private final RestoreOptions options;
    private final RestoreProgress progress;
    private final Target target;
    private final Findings findings = new Findings();
    private final List<PhaseDuration> phases = new ArrayList<>();
    /** By rank. */
    private final Map<Integer, CollectionRestore> restores = new TreeMap<>();

    private final Map<Namespace, Verdict> views = new HashMap<>();
    private final AtomicInteger inPlace = new AtomicInteger();
    private final long started = System.nanoTime();
    private long phaseStarted;

    RestoreRun(MongoClient client, RestoreOptions options, RestoreProgress progress) {
        this.client = client;
        this.options = options;
        this.progress = progress;
        this.target = new Target(client, new Patience(options.patience()));
    }

    /** A step of the restore. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    RestoreReport run(List<CollectionContent> contents) throws IOException, InterruptedException {
        Draft[] draft = new Draft[1];
        phase(Phase.PLAN, () -> draft[0] = new Planner(target, options).draft(contents));
        try {
            restore(draft[0]);
        } catch (DeploymentException e) {
            cleanUp();
            throw new DeploymentException(e.kind(), String.valueOf(e.getMessage()), state() + "; " + e.hint(), e);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cleanUp();
            throw e;
        }
        return report(draft[0]);
    }

    private void phase(Phase phase, Step step) throws IOException, InterruptedException {
        progress.phase(phase);
        phaseStarted = System.nanoTime();
        step.run();
        phases.add(new PhaseDuration(phase, Duration.ofNanos(System.nanoTime() - phaseStarted)));
    }

    private void restore(Draft draft) throws IOException, InterruptedException {
        for (Namespace leftover : draft.leftovers()) {
            target.drop(leftover);
        }
        try (Crew crew = new Crew()) {
            Workplace workplace = new Workplace(
                    target,
                    findings,
                    progress,
                    new TemporaryNames(),
                    new Writers(target, progress, crew.lane("writer", options.writers())),
                    crew.lane("indexer", PROVERS));
            for (Task task : draft.tasks()) {
                if (task.way() == Way.SWAP || task.way() == Way.IN_PLACE || task.way() == Way.AUTHORIZATION) {
                    restores.put(task.rank(), new CollectionRestore(workplace, task));
                }
            }
            phase(Phase.CREATE, () -> create(crew));
            phase(Phase.LOAD, () -> load(crew));
        }
        phase(Phase.SWAP, () -> swap(draft.removals()));
        phase(Phase.VIEWS, () -> views(draft));
        phase(Phase.USERS, this::users);
    }

    private void create(Crew crew) throws IOException, InterruptedException {
        Crew.Lane creators = crew.lane("creator", options.writers());
        for (CollectionRestore restore : restores.values()) {
            if (restore.task().way() != Way.IN_PLACE) {
                creators.start(restore.task().rank(), restore::create);
            }
        }
        crew.join();
    }

    private void load(Crew crew) throws IOException, InterruptedException {
        Crew.Lane readers = crew.lane("reader", READERS);
        Crew.Lane provers = crew.lane("prover", PROVERS);
        for (CollectionRestore restore : restores.values()) {
            // what has to go before it can be replaced goes as late as possible
            boolean late =
                    restore.task().way() == Way.IN_PLACE && restore.task().replaces();
            if (!late) {
                readers.start(restore.task().rank(), () -> load(restore, provers));
            }
        }
        crew.join();
        for (CollectionRestore restore : restores.values()) {
            if (restore.task().way() == Way.IN_PLACE && restore.task().replaces()) {
                readers.start(restore.task().rank(), () -> load(restore, provers));
            }
        }
        crew.join();
    }

    private void load(CollectionRestore restore, Crew.Lane provers) throws IOException, InterruptedException {
        restore.load();
        provers.start(restore.task().rank(), () -> {
            restore.finish();
            if (!restore.task().replaces()) {
                swap(restore, false);
            }
        });
    }

    private void swap(CollectionRestore restore, boolean replace) throws InterruptedException {
        restore.swap(replace);
        if (restore.isProven() && restore.task().way() != Way.AUTHORIZATION) {
            inPlace.incrementAndGet();
        }
    }

    private void swap(List<Existing> removals) throws InterruptedException {
        for (CollectionRestore restore : restores.values()) {
            if (restore.task().replaces()) {
                swap(restore, true);
            }
            if (!restore.isProven() && restore.task().way() == Way.SWAP) {
                target.drop(restore.place());
            }
        }
        for (Existing removal : removals) {
            target.drop(removal.namespace());
        }
    }

    private void views(Draft draft) throws InterruptedException {
        List<Task> tasks =
                draft.tasks().stream().filter(task -> task.way() == Way.VIEW).toList();
        views.putAll(new ViewRestore(target, findings).restore(tasks));
    }

    private void users() throws InterruptedException {
        Map<String, Namespace> places = new LinkedHashMap<>();
        for (CollectionRestore restore : restores.values()) {
            if (restore.task().way() == Way.AUTHORIZATION && restore.isProven()) {
                places.put(restore.task().namespace().collection(), restore.place());
            }
        }
        if (!places.isEmpty()) {
            new AuthorizationMerge(target, findings, options.drop()).merge(places);
            for (Namespace place : places.values()) {
                target.drop(place);
            }
        }
    }

    private String state() {
        int done = inPlace.get();
        String state = done == 0
                ? "the target is as it was before"
                : done + " of " + restores.size() + " collections are restored, the others are as they were before";
        for (CollectionRestore restore : restores.values()) {
            if (restore.isHalfInPlace()) {
                state += ", except " + restore.task().namespace() + ", which is incomplete";
            }
        }
        return state;
    }

    /** Removes what is not finished, unless the target is gone: then the next restore does it. */
    private void cleanUp() {
        boolean interrupted = Thread.interrupted();
        try {
            Target impatient =
                    new Target(client.withTimeout(CLEAN_UP_SECONDS, TimeUnit.SECONDS), new Patience(Duration.ZERO));
            for (CollectionRestore restore : restores.values()) {
                if (restore.task().way() != Way.IN_PLACE) {
                    impatient.drop(restore.place());
                }
            }
        } catch (DeploymentException e) {
            // the first failure is the one to tell
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private RestoreReport report(Draft draft) {
        List<CollectionResult> results = new ArrayList<>();
        for (Task task : draft.tasks()) {
            switch (task.way()) {
                case SWAP, IN_PLACE, AUTHORIZATION ->
                    results.add(
                            Objects.requireNonNull(restores.get(task.rank())).result());
                case VIEW ->
                    results.add(withoutDocuments(task, views.getOrDefault(task.namespace(), Verdict.NOT_RESTORED)));
                case WITH_BUCKETS -> results.add(withoutDocuments(task, verdictOfBuckets(task)));
                case SKIP -> findings.note(task.namespace(), "was not put back: " + reason(task));
            }
        }
        return new RestoreReport(results, findings.list(), phases, Duration.ofNanos(System.nanoTime() - started));
    }

    private Verdict verdictOfBuckets(Task task) {
        Namespace buckets = TimeSeries.buckets(task.namespace());
        return restores.values().stream()
                .filter(restore -> restore.task().namespace().equals(buckets))
                .map(restore -> restore.result().verdict())
                .findFirst()
                .orElse(Verdict.NOT_RESTORED);
    }

    private static CollectionResult withoutDocuments(Task task, Verdict verdict) {
        return new CollectionResult(task.namespace(), task.spec().type(), null, null, Timings.NONE, verdict);
    }

    private static String reason(Task task) {
        Namespace namespace = task.namespace();
        return namespace.database().equals("admin") && AUTHORIZATION.contains(namespace.collection())
                ? "users and roles were not asked for"
                : "it belongs to the server";
    }
}
