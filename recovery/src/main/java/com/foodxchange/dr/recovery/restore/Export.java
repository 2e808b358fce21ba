package com.foodxchange.dr.recovery.restore;

import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes a moment as a mongodump tree, ready for mongorestore. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class Export {
    private final Repository repository;
    private final Workspace workspace;
    private final RecoveryProgress progress;

    public Export(Repository repository, Workspace workspace, RecoveryProgress progress) {
        this.repository = repository;
        this.workspace = workspace;
        this.progress = progress;
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
        throw new UnsupportedOperationException("" + source + moment + selection + folder);
    }
}
