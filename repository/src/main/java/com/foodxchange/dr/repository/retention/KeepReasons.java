package com.foodxchange.dr.repository.retention;

import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.retention.ForgetPlan.Decision;
import com.foodxchange.dr.repository.retention.ForgetPlan.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why each snapshot stays, gathered rule by rule; what stays keeps what it depends on. */
final class KeepReasons {
    private final SnapshotChains chains;
    private final Map<String, Kept> kept = new HashMap<>();

    KeepReasons(SnapshotChains chains) {
        this.chains = chains;
    }

    /** Counts those that need it, because a full may be needed by hundreds. */
    private static final class Kept {
        final List<String> rules = new ArrayList<>();

        @Nullable
        Snapshot neededBy;

        int needs;

        List<String> reasons() {
            List<String> reasons = new ArrayList<>(rules);
            if (neededBy != null) {
                String first = "needed by " + neededBy.id().substring(0, 8);
                reasons.add(needs == 1 ? first : first + " and " + (needs - 1) + " more");
            }
            return reasons;
        }
    }

    boolean isRestorable(Snapshot snapshot) {
        return chains.isRestorable(snapshot);
    }

    void keep(Snapshot snapshot, String rule) {
        Kept own = of(snapshot);
        if (own.rules.isEmpty()) {
            chains.dependsOn(snapshot).forEach(needed -> need(of(needed), snapshot));
        }
        own.rules.add(rule);
    }

    private static void need(Kept needed, Snapshot by) {
        if (needed.neededBy == null) {
            needed.neededBy = by;
        }
        needed.needs++;
    }

    private Kept of(Snapshot snapshot) {
        return kept.computeIfAbsent(snapshot.id(), id -> new Kept());
    }

    Decision decide(Snapshot snapshot, Group group) {
        Kept own = kept.get(snapshot.id());
        if (own != null) {
            return new Decision(snapshot, group, true, own.reasons());
        }
        String why = isRestorable(snapshot) ? "no rule keeps it" : "no rule keeps it, and its chain is broken";
        return new Decision(snapshot, group, false, List.of(why));
    }
}
