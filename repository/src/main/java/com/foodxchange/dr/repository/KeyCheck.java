package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/** Checks config and keys, and finds the key that everything else is checked with. */
final class KeyCheck {
    private final BlobStore store;
    private final CheckFindings findings;
    private boolean damaged;

    KeyCheck(BlobStore store, CheckFindings findings) {
        this.store = store;
        this.findings = findings;
    }

    /**
     * The master key, or null when damage is the reason that there is none.
     *
     * @throws RepositoryException NO_REPOSITORY, WRONG_PASSWORD
     */
    @Nullable
    MasterKey findKey(char[] password) throws IOException {
        MasterKey found = null;
        int keys = 0;
        for (Entry entry : store.list(FileType.KEY)) {
            String file = RepositoryFiles.describe(FileType.KEY, entry.name());
            try {
                KeyFile key = load(entry.name(), file);
                found = found == null ? open(key, password) : found;
                keys++;
            } catch (FormatException e) {
                damaged = true;
                problem(file, "the key cannot be used: " + e.reason());
            }
        }
        if (found == null && !damaged) {
            explainNoKey(keys);
        } else if (found == null) {
            problem("keys", "the password opens none of the keys that can still be used");
        }
        return found;
    }

    private KeyFile load(String name, String file) throws IOException, FormatException {
        byte[] text = store.load(new Handle(FileType.KEY, name));
        if (!Sha256.hash(text, 0, text.length).hex().equals(name)) {
            damaged = true;
            problem(file, "the bytes of the key do not match its name");
        }
        return KeyFile.read(text);
    }

    private static @Nullable MasterKey open(KeyFile key, char[] password) throws FormatException {
        try {
            return key.open(password);
        } catch (AEADBadTagException e) {
            return null;
        }
    }

    private void explainNoKey(int keys) throws IOException {
        if (keys > 0) {
            throw new RepositoryException(
                    Kind.WRONG_PASSWORD,
                    "the password opens none of the " + keys + " keys in " + store.location(),
                    "check the password, and that this is the right repository");
        }
        if (!store.exists(Handle.config()) && store.list(FileType.DATA).isEmpty()) {
            throw new RepositoryException(
                    Kind.NO_REPOSITORY, "there is no repository in " + store.location(), "check the place");
        }
        problem("keys", "every key is missing, so nothing can be decrypted");
    }

    /** The config, or null when it is damaged. */
    @Nullable
    Config checkConfig(MasterKey key) throws IOException {
        try {
            Config config = Config.open(store.load(Handle.config()), key);
            if (config.version() == Config.VERSION || config.version() == 1) {
                return config;
            }
            problem("config", "the repository has the unknown version " + config.version());
        } catch (NoSuchFileException e) {
            problem("config", "the config is missing, so no program opens the repository");
        } catch (FormatException e) {
            problem("config", "no program opens the repository, because the config cannot be used: " + e.reason());
        }
        return null;
    }

    private void problem(String file, String message) {
        findings.problem(file, message, "put the file back from a copy of the repository; it never changes");
    }
}
