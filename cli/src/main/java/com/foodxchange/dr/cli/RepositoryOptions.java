package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which repository, and its password. */
final class RepositoryOptions {
    private final Surroundings surroundings;

    @Option(
            names = {"-r", "--repo"},
            paramLabel = "DIR",
            description = "the repository's folder (or DR_REPO)")
    @Nullable
    Path folder;

    @Mixin
    final PasswordSource passwords = new PasswordSource();

    RepositoryOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The folder that is meant. */
    Path folder() {
        if (folder != null) {
            return folder;
        }
        String variable = surroundings.variable("DR_REPO");
        if (variable == null) {
            throw new UsageException("no repository named", "give --repo DIR or set DR_REPO");
        }
        try {
            return Path.of(variable);
        } catch (InvalidPathException e) {
            throw new UsageException("DR_REPO is not a path: '" + variable + "'", "set it to the repository's folder");
        }
    }

    private BlobStore store() {
        return new LocalBlobStore(folder());
    }

    /** Something done with a store and its password, which is forgotten afterwards. */
    @FunctionalInterface
    interface Use<T> {
        T with(BlobStore store, char[] password) throws IOException, InterruptedException;
    }

    <T> T withStore(Use<T> use) throws IOException, InterruptedException {
        BlobStore store = store(); // before anybody is asked for a password in vain
        char[] password = passwords.password(surroundings);
        try {
            return use.with(store, password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    Repository open() throws IOException, InterruptedException {
        return withStore(Repository::open);
    }

    /**
     * Opens it for a command that takes a lock. Locks of processes that were killed go first, by restic's own rule (dead on
     * this machine, or silent for 30 minutes), so that one kill does not keep every later backup away.
     */
    Repository openToChange() throws IOException, InterruptedException {
        Repository opened = open();
        try {
            int removed = opened.unlock();
            if (removed > 0) {
                surroundings.screen().note("removed " + Units.count(removed, "lock") + " of processes that are gone");
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    Repository init() throws IOException, InterruptedException {
        BlobStore store = store();
        char[] password = passwords.newPassword(surroundings);
        try {
            return Repository.init(store, password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
