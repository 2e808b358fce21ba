package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DocumentConsumer;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.dump.DirectoryDumpSink;
import com.foodxchange.dr.mongo.dump.DumpExporter;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.RestorePoint;
import com.foodxchange.dr.recovery.Stopwatch;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a moment as a mongodump tree, ready for mongorestore. */
public final class Export {
    private final Repository repository;
    private final Workspace workspace;
    private final RecoveryProgress progress;
    private final InstantSource clock;

    public Export(Repository repository, Workspace workspace, RecoveryProgress progress) {
        this(repository, workspace, progress, InstantSource.system());
    }

    public Export(Repository repository, Workspace workspace, RecoveryProgress progress, InstantSource clock) {
        this.repository = repository;
        this.workspace = workspace;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Exports. Until it returns, no file in the folder has its name.
     *
     * @param source whose backups; null: the only source in the repository
     * @throws com.foodxchange.dr.recovery.RecoveryException UNKNOWN_SOURCE, OUTSIDE_WINDOW
     * @throws com.foodxchange.dr.mongo.DeploymentException TARGET_NOT_EMPTY when the folder is not empty
     */
    public ExportReport run(@Nullable String source, Moment moment, Selection selection, Path folder)
            throws IOException, InterruptedException {
        Stopwatch stopwatch = Stopwatch.start();
        RestorePoint point = RestoreRecipe.choose(repository, source, moment, progress);
        DirectoryDumpSink sink = new DirectoryDumpSink(folder);
        try (JoinedMoment joined = JoinedMoment.open(repository, point, workspace, progress)) {
            List<CollectionContent> contents = selection.apply(joined.contents());
            RestoreRecipe.announce(contents, progress);
            Map<Namespace, ContentHash.Value> written = new DumpExporter(sink)
                    .export(contents.stream().map(this::reported).toList(), joined.serverVersion());
            sink.complete();
            List<Finding> findings = new ArrayList<>(point.notes());
            findings.addAll(joined.findings());
            return new ExportReport(point, joined.reached(clock.instant()), written, findings, stopwatch.elapsed());
        }
    }

    private CollectionContent reported(CollectionContent content) {
        return new Reported(content, progress);
    }

    /** Tells when a collection has been written. */
    private record Reported(CollectionContent content, RecoveryProgress progress) implements CollectionContent {
        @Override
        public CollectionSpec spec() {
            return content.spec();
        }

        @Override
        public long expectedBytes() {
            return content.expectedBytes();
        }

        @Override
        public void forEach(DocumentConsumer consumer) throws IOException, InterruptedException {
            content.forEach(consumer);
            progress.exported(spec().namespace().toString());
        }
    }
}
