package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.restore.ContentVerification;
import com.foodxchange.dr.mongo.restore.RestoreOptions;
import com.foodxchange.dr.mongo.restore.Selection;
import com.foodxchange.dr.recovery.backup.Backup;
import com.foodxchange.dr.recovery.backup.BackupProgress;
import com.foodxchange.dr.recovery.backup.BackupRequest;
import com.foodxchange.dr.recovery.backup.BackupRequest.Choice;
import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.recovery.restore.RecoveryProgress;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import com.foodxchange.dr.recovery.restore.RestoreRecipe;
import com.foodxchange.dr.recovery.restore.RestoreRequest;
import com.foodxchange.dr.recovery.restore.Workspace;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database to protect, a repository on disk, and what is done with them. */
public final class Lab implements AutoCloseable {
    public static final Namespace ORDERS = new Namespace("shop", "orders");
    public static final Namespace AUDIT = new Namespace("shop", "audit");

    public final Path folder;
    public final Sandbox sandbox;
    public final Deployment deployment;
    public final Repository repository;

    /** Without no-ops of the server's own, so that a test knows every entry. */
    public Lab(Path folder) throws IOException, InterruptedException {
        this(folder, SandboxOptions.inMemory().withNoopInterval(Duration.ZERO));
    }

    public Lab(Path folder, SandboxOptions options) throws IOException, InterruptedException {
        this.folder = folder;
        sandbox = Sandbox.start(options);
        deployment = Deployment.connect(sandbox.uri());
        repository = Repository.init(new LocalBlobStore(folder.resolve("repository")), "test".toCharArray());
    }

    public BackupResult backup(Choice choice) throws IOException, InterruptedException {
        return backup(deployment, null, Set.of(), choice);
    }

    public BackupResult backup(Deployment from, @Nullable String source, Set<String> databases, Choice choice)
            throws IOException, InterruptedException {
        return new Backup(repository, from, InstantSource.system())
                .run(new BackupRequest(source, databases, choice), BackupProgress.NONE);
    }

    /** Asked again when an election has cut the connection. */
    public OpTime lastWrite() throws InterruptedException {
        try {
            return deployment.lastWrite();
        } catch (DeploymentException e) {
            return deployment.lastWrite();
        }
    }

    public Timeline timeline() {
        Backups backups = Backups.list(repository);
        return backups.timeline(backups.source(null));
    }

    /** Restores into the target, replacing what is there. */
    public RecoveryReport restore(Moment moment, Deployment target) throws IOException, InterruptedException {
        return restore(null, moment, target);
    }

    public RecoveryReport restore(@Nullable String source, Moment moment, Deployment target)
            throws IOException, InterruptedException {
        RestoreRequest request = new RestoreRequest(
                source, moment, Selection.EVERYTHING, RestoreOptions.defaults().withDrop(true), null);
        return new RestoreRecipe(repository, workspace(), RecoveryProgress.NONE)
                .run(request, target.client(), Stopwatch.start());
    }

    public Workspace workspace() {
        return new Workspace(folder, 1 << 20);
    }

    public Writer writer(long seed) {
        return new Writer(deployment, seed);
    }

    /** The snapshot that the backup added, which it must have done. */
    public static BackupSnapshot added(BackupResult result) {
        return Objects.requireNonNull(result.snapshot(), "nothing was added");
    }

    /** What the collections of the tests hold there. */
    public static Map<Namespace, ContentHash.Value> contents(Deployment deployment) throws InterruptedException {
        return new ContentVerification(deployment.client(), 1).read(Set.of(ORDERS, AUDIT));
    }

    @Override
    public void close() {
        deployment.close();
        repository.close();
        sandbox.close();
    }
}
