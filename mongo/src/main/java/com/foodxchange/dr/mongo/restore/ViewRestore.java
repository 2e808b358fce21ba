package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.RestoreReport.Verdict;
import com.foodxchange.dr.mongo.restore.Target.Existing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Puts views back, each after the views that it reads from, because the server checks those. */
final class ViewRestore {
    private static final Set<String> SOURCES = Set.of("from", "coll", "$unionWith");

    private final Target target;
    private final Findings findings;

    ViewRestore(Target target, Findings findings) {
        this.target = target;
        this.findings = findings;
    }

    /** What became of each view. */
    Map<Namespace, Verdict> restore(List<Task> views) throws InterruptedException {
        Map<Namespace, Verdict> verdicts = new LinkedHashMap<>();
        for (Task view : inOrder(views)) {
            verdicts.put(view.namespace(), restore(view));
        }
        return verdicts;
    }

    private Verdict restore(Task view) throws InterruptedException {
        try {
            Existing existing = view.existing();
            if (existing != null) {
                target.drop(existing.namespace());
            }
            new CollectionOptions(target, findings)
                    .create(view.namespace(), view.namespace(), view.spec().options());
            return Verdict.IDENTICAL;
        } catch (DeploymentException e) {
            if (e.kind() != DeploymentException.Kind.FAILED) {
                throw e;
            }
            findings.problem(view.namespace(), "the view was not created: " + e.getMessage());
            return Verdict.NOT_RESTORED;
        }
    }

    /** The same views, none before one that it reads from. */
    static List<Task> inOrder(Collection<Task> views) {
        Map<Namespace, Task> byName = new TreeMap<>();
        views.forEach(view -> byName.put(view.namespace(), view));
        List<Task> ordered = new ArrayList<>();
        Set<Namespace> seen = new TreeSet<>();
        views.forEach(view -> visit(view, byName, seen, ordered));
        return ordered;
    }

    private static void visit(Task view, Map<Namespace, Task> views, Set<Namespace> seen, List<Task> ordered) {
        if (!seen.add(view.namespace())) {
            return;
        }
        for (String source : sources(view.spec().options())) {
            Task other = source.isEmpty()
                    ? null
                    : views.get(new Namespace(view.namespace().database(), source));
            if (other != null) {
                visit(other, views, seen, ordered);
            }
        }
        ordered.add(view);
    }

    private static Set<String> sources(BsonDocument options) {
        Set<String> sources = new TreeSet<>();
        sources.add(options.getString("viewOn", new BsonString("")).getValue());
        collect(options.get("pipeline"), sources);
        return sources;
    }

    /** Names that stages such as $lookup, $graphLookup and $unionWith read from, at any depth. */
    private static void collect(@Nullable BsonValue value, Set<String> sources) {
        if (value != null && value.isArray()) {
            value.asArray().forEach(element -> collect(element, sources));
        } else if (value != null && value.isDocument()) {
            value.asDocument().forEach((name, inner) -> {
                if (SOURCES.contains(name) && inner.isString()) {
                    sources.add(inner.asString().getValue());
                }
                collect(inner, sources);
            });
        }
    }
}
