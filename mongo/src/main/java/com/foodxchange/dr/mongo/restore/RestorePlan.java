package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Namespace;
import java.util.List;

/** What a restore would do to its target, in the order in which it would do it. */
public record RestorePlan(List<Step> steps) {
    /** What happens to a collection or view of the target. */
    public enum Action {
        /** It is not there yet. */
        CREATE,
        /** It is there and goes away when the restored one is complete. */
        REPLACE,
        /** It is there and the moment does not have it. */
        REMOVE,
        /** The moment has it, and it is not put back: it belongs to the server, or nobody asked for it. */
        SKIP
    }

    /**
     * @param type what it will be; for {@link Action#REMOVE} what it is
     * @param expectedBytes about how much will be inserted
     * @param existingDocuments about how many documents of the target go away
     */
    public record Step(
            Action action, Namespace namespace, CollectionSpec.Type type, long expectedBytes, long existingDocuments) {}

    public RestorePlan {
        steps = List.copyOf(steps);
    }

    /** The collections and views that the action happens to. */
    public List<Namespace> namespaces(Action action) {
        return steps.stream()
                .filter(step -> step.action() == action)
                .map(Step::namespace)
                .toList();
    }
}
