package com.foodxchange.dr.cli;

import com.foodxchange.dr.mongo.deployment.Topology;
import com.foodxchange.dr.mongo.restore.RestorePlan;

/** Asks before anything is destroyed. */
record Consent(Surroundings surroundings) {
    /** Without somebody to ask, a script has to say that it means it. */
    void requireSomebody(String what) {
        if (!surroundings.prompt().available() || surroundings.screen().json()) {
            throw new UsageException(
                    "'" + what + "' destroys data, and there is nobody to ask",
                    "give --yes if that is meant, or --dry-run");
        }
    }

    /** The name of the target has to be typed when something there goes away. */
    void typeName(Topology target, RestorePlan plan) {
        int goes = plan.namespaces(RestorePlan.Action.REPLACE).size()
                + plan.namespaces(RestorePlan.Action.REMOVE).size();
        if (goes > 0) {
            String name = name(target);
            typed(name, "type " + name + " to replace what is there: ");
        }
    }

    /** A plain yes. */
    void yes(String question) {
        typed("yes", question + " type yes: ");
    }

    private void typed(String expected, String question) {
        String typed = surroundings.prompt().line(question);
        if (typed == null || !typed.strip().equals(expected)) {
            throw new UsageException("not confirmed, nothing was touched", "type exactly '" + expected + "' to go on");
        }
    }

    static String name(Topology target) {
        return target.setName() != null ? target.setName() : target.hosts().getFirst();
    }
}
