package com.foodxchange.dr.mongo.restore;

/** What the parts of one restore share. */
record Workplace(
        Target target,
        Findings findings,
        RestoreProgress progress,
        TemporaryNames names,
        Writers writers,
        Crew.Lane indexers) {

    Room room() {
        return new Room(target, findings, names);
    }

    IndexBuild indexes() {
        return new IndexBuild(target, findings);
    }

    ReadBack readBack() {
        return new ReadBack(target);
    }
}
