package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.crypto.AEADBadTagException;

/** Makes and opens repositories. */
final class RepositoryOpening {
    private static final Set<Integer> VERSIONS = Set.of(1, Config.VERSION);

    private final BlobStore store;

    RepositoryOpening(BlobStore store) {
        this.store = store;
    }

    /** Restic refuses an empty password too, unless it is told not to. */
    static void requireUsable(char[] password) {
        if (password.length == 0) {
            throw new RepositoryException(Kind.INVALID, "the password is empty", "choose one");
        }
    }

    /** The config comes last: until it is there, nobody takes this for a repository. */
    Repository init(char[] password) {
        requireUsable(password);
        return init(password, KeyFile.N);
    }

    /** {@code cost}: the parameter N of scrypt. */
    Repository init(char[] password, int cost) {
        try {
            requireNothingThere();
            MasterKey master = MasterKey.random();
            Config config = Config.random();
            byte[] sealed = config.seal(master);
            KeyFile key = KeyFile.create(master, password, Instant.now(), cost);
            saveKey(store, key);
            saveConfig(sealed, key);
            return new Repository(store, master, config);
        } catch (IOException e) {
            throw RepositoryException.storage("cannot create a repository in " + store.location(), e);
        }
    }

    /** Of two processes that make a repository here at the same time, one gets it. */
    private void saveConfig(byte[] sealed, KeyFile key) throws IOException {
        try {
            store.save(Handle.config(), sealed, sealed.length);
        } catch (FileAlreadyExistsException e) {
            store.delete(key.handle());
            throw exists("there is a repository in " + store.location() + " since a moment ago");
        }
        removeOtherKeys(key);
    }

    /** What an attempt left that was killed opens with the same password but fits nothing. */
    private void removeOtherKeys(KeyFile own) {
        try {
            for (Entry key : store.list(FileType.KEY)) {
                if (!key.name().equals(own.handle().name())) {
                    store.delete(new Handle(FileType.KEY, key.name()));
                }
            }
        } catch (IOException e) {
            // The repository is complete; a key that fits nothing is skipped when it is opened.
        }
    }

    private void requireNothingThere() throws IOException {
        if (store.exists(Handle.config())) {
            throw exists("there is a repository in " + store.location());
        }
        for (FileType type : List.of(FileType.SNAPSHOT, FileType.INDEX, FileType.DATA)) {
            if (!store.list(type).isEmpty()) {
                throw exists("there are the remains of a repository, without its config, in " + store.location());
            }
        }
    }

    private static RepositoryException exists(String message) {
        return new RepositoryException(Kind.EXISTS, message, "use it, or choose another place");
    }

    static void saveKey(BlobStore store, KeyFile key) throws IOException {
        byte[] text = key.write();
        store.save(key.handle(), text, text.length);
    }

    Repository open(char[] password) {
        try {
            Repository repository = open(loadConfig(), password);
            if (!VERSIONS.contains(repository.version())) {
                throw new RepositoryException(
                        Kind.INVALID,
                        "the repository has the unknown version " + repository.version(),
                        "use a newer version of this program");
            }
            return repository;
        } catch (IOException e) {
            throw RepositoryException.storage("cannot open the repository in " + store.location(), e);
        }
    }

    private byte[] loadConfig() throws IOException {
        try {
            return store.load(Handle.config());
        } catch (NoSuchFileException e) {
            throw new RepositoryException(
                    Kind.NO_REPOSITORY,
                    "there is no repository in " + store.location(),
                    "check the place, or make a repository there with 'dr init'",
                    e);
        }
    }

    private Repository open(byte[] config, char[] password) throws IOException {
        List<String> unusable = new ArrayList<>();
        List<Entry> keys = store.list(FileType.KEY);
        boolean opened = false;
        for (Entry key : keys) {
            try {
                byte[] text = store.load(new Handle(FileType.KEY, key.name()));
                MasterKey master = KeyFile.read(text).open(password);
                opened = true;
                return new Repository(store, master, Config.open(config, master));
            } catch (AEADBadTagException e) {
                // Another password's.
            } catch (FormatException e) {
                unusable.add((opened ? "config" : "keys/" + key.name()) + " (" + e.reason() + ")");
            }
        }
        if (opened || keys.size() == unusable.size()) {
            throw RepositoryException.damaged("no key file in " + store.location() + " can be used"
                    + (unusable.isEmpty() ? "" : ": " + String.join(", ", unusable)));
        }
        throw new RepositoryException(
                Kind.WRONG_PASSWORD,
                "the password opens none of the " + keys.size() + " keys in " + store.location(),
                "check the password, and that this is the right repository");
    }
}
