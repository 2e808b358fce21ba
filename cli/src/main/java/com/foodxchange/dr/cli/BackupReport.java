package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Facts;
import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Manifest;
import com.foodxchange.dr.recovery.backup.BackupResult;
import java.time.Duration;

/** What a backup did, for people and for programs. */
record BackupReport(BackupResult result) {
    /** Whether everything asked for is in it. */
    boolean complete() {
        return result.findings().stream().noneMatch(finding -> finding.severity() == Finding.Severity.PROBLEM);
    }

    void print(Screen screen) {
        BackupSnapshot snapshot = result.snapshot();
        Manifest manifest = result.manifest();
        if (snapshot == null || manifest == null) {
            screen.print("nothing new in " + result.source() + " since its last backup");
            FindingLines.print(screen, result.findings());
            return;
        }
        Facts facts = new Facts()
                .add(result.kind().label() + " backup", result.source() + ": " + result.reason())
                .add("snapshot", Shapes.shortId(snapshot.snapshot().id()))
                .add("restores up to", snapshot.ofOneMoment() ? Shapes.moment(snapshot.to()) : noMoment());
        if (snapshot.full()) {
            facts.add("collections", collections(manifest));
        }
        facts.add(
                        "oplog",
                        Units.count(manifest.oplog().entries()) + " entries, "
                                + Units.bytes(manifest.oplog().bytes()))
                .add("size", size())
                .add("took", took());
        screen.print(facts.lines(screen.look()));
        FindingLines.print(screen, result.findings());
    }

    private static String noMoment() {
        return "no exact moment: a standalone server has no oplog, and what was written during the backup is in it or not";
    }

    private static String collections(Manifest manifest) {
        long documents = manifest.collections().stream()
                .mapToLong(Manifest.Collection::documents)
                .sum();
        return manifest.collections().size() + " with " + Units.count(documents, "document");
    }

    private String size() {
        Sizes sizes = Sizes.of(result);
        return Units.bytes(sizes.read()) + " read, " + Units.bytes(sizes.added()) + " new, "
                + Units.bytes(sizes.stored()) + " stored";
    }

    private String took() {
        double seconds = Math.max(1, result.total().toMillis()) / 1e3;
        return Units.duration(result.total()) + " ("
                + Units.rate(Sizes.of(result).read() / seconds) + ")";
    }

    Json json() {
        Json json = Json.object()
                .put("source", result.source())
                .put("kind", result.kind().label())
                .put("reason", result.reason())
                .put("snapshot", result.snapshot() == null ? null : Shapes.json(result.snapshot()));
        Manifest manifest = result.manifest();
        if (manifest != null) {
            json.put("server", manifest.topology().serverVersion())
                    .put("collections", Json.array(manifest.collections(), BackupReport::json))
                    .put("oplogEntries", manifest.oplog().entries())
                    .put("oplogBytes", manifest.oplog().bytes())
                    .put("bytesRead", Sizes.of(result).read())
                    .put("bytesAdded", Sizes.of(result).added())
                    .put("bytesStored", Sizes.of(result).stored())
                    .put("scanSeconds", Duration.ofMillis(manifest.work().scanMillis()));
        }
        return json.put("findings", Json.array(result.findings(), Shapes::json)).put("totalSeconds", result.total());
    }

    private static Json json(Manifest.Collection collection) {
        return Json.object()
                .put("namespace", collection.namespace())
                .put("kind", collection.type())
                .put("documents", collection.documents())
                .put("bytes", collection.bytes())
                .put("hash", collection.hash());
    }
}
