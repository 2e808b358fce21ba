package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.Arguments.Moments;
import com.foodxchange.dr.cli.Arguments.Namespaces;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.Moment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which moment, and what of it. */
final class SelectionOptions {
    @Mixin
    final SourceOption source = new SourceOption();

    @Option(
            names = "--at",
            paramLabel = "MOMENT",
            converter = Moments.class,
            description = "latest (default), a time such as 2026-11-24T13:05:00Z (that second included), or an oplog"
                    + " entry T,I (included)")
    Moment at = Moment.LATEST;

    @Option(names = "--db", paramLabel = "NAME", description = "only this database; may be repeated")
    Set<String> databases = new LinkedHashSet<>();

    @Option(
            names = "--collection",
            paramLabel = "DB.COLL",
            converter = Namespaces.class,
            description = "only this collection; may be repeated")
    Set<Namespace> collections = new LinkedHashSet<>();

    @Option(
            names = "--rename",
            paramLabel = "FROM=TO",
            description = "under another name: a database, or DB.COLL; may be repeated")
    Map<String, String> renames = new LinkedHashMap<>();

    Selection selection() {
        renames.forEach((from, to) -> {
            if (from.isEmpty() || to.isEmpty() || from.contains(".") != to.contains(".")) {
                throw new UsageException(
                        "'" + from + "=" + to + "' is no renaming",
                        "write --rename OLDDB=NEWDB, or --rename OLDDB.COLL=NEWDB.COLL");
            }
        });
        return new Selection(databases, collections, renames);
    }
}
