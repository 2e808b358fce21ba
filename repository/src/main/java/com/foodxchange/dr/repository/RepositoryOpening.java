package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
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
            saveKey(store, KeyFile.create(master, password, Instant.now(), cost));
            store.save(Handle.config(), sealed, sealed.length);
            return new Repository(store, master, config);
        } catch (IOException e) {
            throw RepositoryException.storage("cannot create a repository in " + store.location(), e);
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
        // A key alone is what an attempt left that was killed. It opens with the same password but fits nothing.
        for (Entry key : store.list(FileType.KEY)) {
            store.delete(new Handle(FileType.KEY, key.name()));
        }
    }

    private static RepositoryException exists(String message) {
        return new RepositoryException(Kind.EXISTS, message, "use it, or choose another place");
    }

    static void saveKey(BlobStore store, KeyFile key) throws IOException {
        byte[] text = key.write();
        store.save(new Handle(FileType.KEY, Sha256.hash(text, 0, text.length).hex()), text, text.length);
    }

    Repository open(char[] password) {
        try {
            byte[] sealed = loadConfig();
            MasterKey key = findKey(password);
            Config config = Config.open(sealed, key);
            if (!VERSIONS.contains(config.version())) {
                throw new RepositoryException(
                        Kind.INVALID,
                        "the repository has the unknown version " + config.version(),
                        "use a newer version of this program");
            }
            return new Repository(store, key, config);
        } catch (FormatException e) {
            throw RepositoryException.damaged(
                    "the config of " + store.location() + " cannot be used: " + e.getMessage());
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

    private MasterKey findKey(char[] password) throws IOException {
        List<String> unusable = new ArrayList<>();
        List<Entry> keys = store.list(FileType.KEY);
        for (Entry key : keys) {
            try {
                byte[] text = store.load(new Handle(FileType.KEY, key.name()));
                return KeyFile.read(text).open(password);
            } catch (AEADBadTagException e) {
                // Another password's.
            } catch (FormatException e) {
                unusable.add("keys/" + key.name() + " (" + e.getMessage() + ")");
            }
        }
        if (keys.size() == unusable.size()) {
            throw RepositoryException.damaged("no key file in " + store.location() + " can be used"
                    + (unusable.isEmpty() ? "" : ": " + String.join(", ", unusable)));
        }
        throw new RepositoryException(
                Kind.WRONG_PASSWORD,
                "the password opens none of the " + keys.size() + " keys in " + store.location(),
                "check the password, and that this is the right repository");
    }
}
