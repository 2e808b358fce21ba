package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Coverage;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.RestorePlan.Action;
import com.foodxchange.dr.mongo.restore.RestorePlan.Step;
import com.foodxchange.dr.mongo.restore.Target.Existing;
import com.foodxchange.dr.mongo.restore.Task.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at the target and decides what has to happen; touches nothing. */
final class Planner {
    private static final String ADMIN = "admin";
    private static final String SYSTEM = "system.";
    private static final int NAMED = 5;

    private final Target target;
    private final RestoreOptions options;

    Planner(Target target, RestoreOptions options) {
        this.target = target;
        this.options = options;
    }

    /**
     * What a restore would do.
     *
     * @param removals what the moment does not have
     * @param leftovers what killed restores left behind
     */
    record Draft(List<Task> tasks, List<Existing> removals, List<Namespace> leftovers, RestorePlan plan) {}

    /**
     * Plans the restore of these contents.
     *
     * @throws DeploymentException TARGET_NOT_EMPTY, or INVALID when a name occurs twice
     */
    Draft draft(List<CollectionContent> contents) throws InterruptedException {
        Set<Namespace> wanted = names(contents);
        Map<String, Map<String, Existing>> existing = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        for (CollectionContent content : contents) {
            Way way = way(content.spec(), wanted);
            String database = content.spec().namespace().database();
            if (way != Way.SKIP && !existing.containsKey(database)) {
                existing.put(database, target.list(database));
            }
            tasks.add(task(tasks.size(), content, way, existing.getOrDefault(database, Map.of())));
        }
        List<Existing> removals = options.replaceWholeDatabases() ? removals(existing, wanted) : List.of();
        List<Step> steps = new ArrayList<>();
        List<Step> conflicts = new ArrayList<>();
        for (Task task : tasks) {
            steps.add(step(task));
        }
        for (Existing removal : removals) {
            steps.add(new Step(Action.REMOVE, removal.namespace(), removal.type(), 0, target.count(removal)));
        }
        steps.stream().filter(Planner::destroys).forEach(conflicts::add);
        if (!options.drop() && !conflicts.isEmpty()) {
            throw notEmpty(conflicts);
        }
        return new Draft(tasks, removals, leftovers(existing), new RestorePlan(steps));
    }

    private static Set<Namespace> names(List<CollectionContent> contents) {
        Set<Namespace> names = new HashSet<>();
        for (CollectionContent content : contents) {
            if (!names.add(content.spec().namespace())) {
                throw new DeploymentException(
                        Kind.INVALID,
                        "two collections would be restored to " + content.spec().namespace(),
                        "rename one of them to another name");
            }
        }
        return names;
    }

    private Way way(CollectionSpec spec, Set<Namespace> wanted) {
        Namespace namespace = spec.namespace();
        if (!Coverage.covers(namespace.database(), namespace.collection())
                || TemporaryNames.isOurs(namespace.collection())) {
            return Way.SKIP;
        }
        if (namespace.database().equals(ADMIN) && namespace.collection().startsWith(SYSTEM)) {
            // system.version holds the server's own version, which a restore must not change
            boolean users = options.users() && !namespace.collection().equals("system.version");
            return users ? Way.AUTHORIZATION : Way.SKIP;
        }
        return switch (spec.type()) {
            case VIEW -> Way.VIEW;
            case TIMESERIES -> wanted.contains(TimeSeries.buckets(namespace)) ? Way.WITH_BUCKETS : Way.IN_PLACE;
            case COLLECTION -> canBeRenamed(spec) ? Way.SWAP : Way.IN_PLACE;
        };
    }

    private static boolean canBeRenamed(CollectionSpec spec) {
        return !spec.namespace().collection().startsWith(SYSTEM)
                && !spec.options().containsKey("encryptedFields");
    }

    private static Task task(int rank, CollectionContent content, Way way, Map<String, Existing> existing) {
        Namespace namespace = content.spec().namespace();
        if (way == Way.SKIP) {
            return new Task(rank, content, Action.SKIP, way, null);
        }
        String name =
                TimeSeries.isBuckets(namespace) ? TimeSeries.logical(namespace).collection() : namespace.collection();
        @Nullable Existing there = way == Way.AUTHORIZATION ? null : existing.get(name);
        return new Task(rank, content, there == null ? Action.CREATE : Action.REPLACE, way, there);
    }

    private Step step(Task task) throws InterruptedException {
        Existing existing = task.existing();
        long documents = existing == null || task.way() == Way.WITH_BUCKETS ? 0 : target.count(existing);
        return new Step(
                task.action(),
                task.namespace(),
                task.spec().type(),
                task.content().expectedBytes(),
                documents);
    }

    private static boolean destroys(Step step) {
        return step.action() == Action.REPLACE || step.action() == Action.REMOVE;
    }

    /** What the restored databases hold and the moment does not; the server's own collections stay. */
    private static List<Existing> removals(Map<String, Map<String, Existing>> existing, Set<Namespace> wanted) {
        Map<Namespace, Existing> removals = new TreeMap<>();
        existing.forEach((database, collections) -> collections.forEach((name, there) -> {
            boolean servers = database.equals(ADMIN) || name.startsWith(SYSTEM);
            boolean buckets = there.type() == CollectionSpec.Type.TIMESERIES
                    && wanted.contains(TimeSeries.buckets(there.namespace()));
            if (!servers && !buckets && !TemporaryNames.isOurs(name) && !wanted.contains(there.namespace())) {
                removals.put(there.namespace(), there);
            }
        }));
        return List.copyOf(removals.values());
    }

    private static List<Namespace> leftovers(Map<String, Map<String, Existing>> existing) {
        return existing.values().stream()
                .flatMap(collections -> collections.values().stream())
                .map(Existing::namespace)
                .filter(namespace -> TemporaryNames.isOurs(namespace.collection()))
                .toList();
    }

    private static DeploymentException notEmpty(List<Step> conflicts) {
        List<String> named = conflicts.stream()
                .limit(NAMED)
                .map(step -> step.namespace() + " (" + step.existingDocuments() + " documents)")
                .toList();
        int more = conflicts.size() - named.size();
        return new DeploymentException(
                Kind.TARGET_NOT_EMPTY,
                "the target is not empty: " + String.join(", ", named) + (more > 0 ? " and " + more + " more" : ""),
                "nothing was changed; restore with --drop to replace what is there, or under another name with --rename");
    }
}
