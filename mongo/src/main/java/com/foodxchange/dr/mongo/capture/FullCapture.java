package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.Topology;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole deployment into a dump, with the oplog entries that make it consistent. */
public final class FullCapture {
    /**
     * How to capture.
     *
     * @param databases the databases to take; empty: all but {@code local} and {@code config}
     * @param readers how many stretches of collections are read at the same time
     * @param patience how long a server that went away is waited for
     */
    public record Options(Set<String> databases, int readers, Duration patience) {
        public Options {
            databases = Set.copyOf(databases);
            if (readers < 1) {
                throw new IllegalArgumentException("readers: " + readers);
            }
        }

        /** Everything, with as many readers as this machine can make use of. */
        public static Options standard() {
            int readers = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
            return new Options(Set.of(), readers, Duration.ofMinutes(3));
        }

        public Options withDatabases(Set<String> other) {
            return new Options(other, readers, patience);
        }
    }

    /** One collection as it was captured; {@code content} is zero and {@code chunks} 0 for a view. */
    public record CapturedCollection(CollectionSpec spec, ContentHash.Value content, long chunks) {}

    /**
     * The oplog entries in the dump.
     *
     * @param scanFrom every change up to here is in the collections: the majority point before the first was listed
     * @param first the oldest entry in {@code oplog.bson}, or where the oldest of an open transaction; null when there is
     *     none
     * @param to the dump with its oplog entries is the state at this moment; the last entry
     */
    public record OplogSpan(OpTime scanFrom, @Nullable OpTime first, OpTime to, long entries, long bytes) {}

    /**
     * What was captured.
     *
     * @param oplog null for a standalone server, whose dump is not of one moment
     * @param scanTime the time that the scan of the collections took
     * @param totalTime the time that everything took
     */
    public record Result(
            Topology topology,
            List<CapturedCollection> collections,
            @Nullable OplogSpan oplog,
            Duration scanTime,
            Duration totalTime,
            List<Finding> findings) {
        public Result {
            collections = List.copyOf(collections);
            findings = List.copyOf(findings);
        }
    }

    private final Deployment deployment;
    private final Options options;
    private final long smallestRange;

    public FullCapture(Deployment deployment, Options options) {
        this(deployment, options, RangePlanner.SMALLEST_RANGE);
    }

    /** @param smallestRange collections of several times this size in bytes are split */
    FullCapture(Deployment deployment, Options options, long smallestRange) {
        this.deployment = deployment;
        this.options = options;
        this.smallestRange = smallestRange;
    }

    /**
     * Captures into the sink. Nothing in the sink is of use when this fails.
     *
     * @throws com.foodxchange.dr.mongo.DeploymentException of kind UNREACHABLE, UNAUTHORIZED, OPLOG_GAP, ROLLBACK ...
     * @throws IOException as the sink throws it
     */
    public Result run(DumpSink sink, CaptureProgress progress) throws IOException, InterruptedException {
        long started = System.nanoTime();
        // What changes from here on is in the oplog that is copied, so whatever is read later can be brought to one
        // moment.
        StartPoint start = startPoint(progress);
        CatalogReader.Catalog catalog = new CatalogReader(deployment).read(options.databases());
        ScanContext context =
                new ScanContext(deployment, options.patience(), progress, start == null ? null : start.scanFrom());
        List<CollectionScan> scans = new ArrayList<>();
        for (CollectionSpec spec : catalog.collections()) {
            scans.add(new CollectionScan(context, spec));
        }
        writeDescriptions(scans, sink);
        OplogCopy copy = start == null ? null : new OplogCopy(context, start, options.databases(), options.patience());
        ScanRun.Outcome outcome = new ScanRun(
                        context, scans, new RangePlanner(context, options.readers(), smallestRange), copy)
                .run(sink, options.readers());
        return new Result(
                deployment.topology(),
                scans.stream().map(CollectionScan::result).toList(),
                outcome.oplog(),
                outcome.scanTime(),
                Duration.ofNanos(System.nanoTime() - started),
                findings(start, catalog));
    }

    private @Nullable StartPoint startPoint(CaptureProgress progress) throws InterruptedException {
        boolean standalone = deployment.topology().kind() == Topology.Kind.STANDALONE;
        return standalone ? null : StartPoint.find(new ScanContext(deployment, options.patience(), progress, null));
    }

    private void writeDescriptions(List<CollectionScan> scans, DumpSink sink) throws IOException, InterruptedException {
        byte[] prelude =
                DumpLayout.prelude(deployment.topology().serverVersion()).getBytes(StandardCharsets.UTF_8);
        try (DumpSink.Part part = sink.create(DumpLayout.PRELUDE).nextPart()) {
            part.write(prelude, prelude.length);
        }
        for (CollectionScan scan : scans) {
            scan.writeMetadata(sink);
        }
    }

    private List<Finding> findings(@Nullable StartPoint start, CatalogReader.Catalog catalog) {
        List<Finding> findings = new ArrayList<>(catalog.findings());
        if (start == null) {
            findings.add(new Finding(
                    Finding.Severity.NOTE,
                    "standalone server",
                    "a standalone server has no oplog: what was written during the backup may be in it or not, documents"
                            + " that belong together may be of different moments, and there is no restore to a moment"
                            + " between two backups; a replica set of one member has all that"));
        } else {
            findings.addAll(start.findings());
        }
        return findings;
    }
}
