package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * What all index files of a repository say together, as of one look at them.
 *
 * @param files names of the files that were there
 * @param damaged those that cannot be read
 * @param unlisted packs that are in the index because of their headers alone
 */
record LoadedIndex(Index index, Set<String> files, List<Damage> damaged, Set<BlobId> unlisted) {
    private static final int ATTEMPTS = 5;

    /**
     * Loads all index files. When one is damaged, the packs that no other one names are asked what is in them, because
     * their headers say the same: nothing that is there becomes unreadable.
     *
     * @param before what was loaded earlier: only what came since is loaded if nothing of it has gone
     */
    static LoadedIndex load(RepositoryFiles files, LoadedIndex before) throws InterruptedException {
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return loadListed(files, before);
                } catch (NoSuchFileException e) {
                    // Somebody replaced index files after they were listed.
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw RepositoryException.storage("cannot load the index", e);
        }
    }

    static LoadedIndex empty() {
        return new LoadedIndex(new Index(), Set.of(), List.of(), Set.of());
    }

    private static LoadedIndex loadListed(RepositoryFiles files, LoadedIndex before)
            throws IOException, InterruptedException {
        Set<String> names = new HashSet<>();
        for (Entry entry : files.store().list(FileType.INDEX)) {
            names.add(entry.name());
        }
        boolean grown = names.containsAll(before.files) && before.damaged.isEmpty();
        Set<String> missing = new HashSet<>(names);
        if (grown) {
            missing.removeAll(before.files);
        }
        Index index = grown ? before.index : new Index();
        Set<BlobId> unlisted = ConcurrentHashMap.newKeySet();
        unlisted.addAll(grown ? before.unlisted : Set.of());
        List<Damage> damaged = loadAll(files, missing, pack -> {
            index.add(pack);
            unlisted.remove(pack.pack());
        });
        LoadedIndex loaded = new LoadedIndex(index, names, damaged, unlisted);
        if (!damaged.isEmpty()) {
            loaded.addUnlistedPacks(files);
        }
        return loaded;
    }

    private static List<Damage> loadAll(RepositoryFiles files, Set<String> names, Consumer<PackBlobs> packs)
            throws IOException, InterruptedException {
        ConcurrentLinkedQueue<Damage> damaged = new ConcurrentLinkedQueue<>();
        try {
            Parallel.forEach(names, name -> {
                try {
                    IndexCodec.read(files.load(FileType.INDEX, name)).forEach(packs);
                } catch (FormatException e) {
                    damaged.add(new Damage(RepositoryFiles.describe(FileType.INDEX, name), e.reason()));
                }
            });
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException("loading failed", e.getCause());
        }
        return new ArrayList<>(damaged);
    }

    /**
     * Adds the packs that no index file names, as their headers tell what is in them.
     *
     * @return whether there were any
     */
    boolean addUnlistedPacks(RepositoryFiles files) throws IOException {
        boolean any = false;
        PackReader packs = new PackReader(files.store(), new MessageCipher(files.key()));
        for (Entry entry : files.store().list(FileType.DATA)) {
            BlobId pack = BlobId.parse(entry.name());
            if (!index.knowsPack(pack)) {
                try {
                    PackBlobs blobs = new PackBlobs(pack, packs.blobs(pack, entry.size()));
                    unlisted.add(pack);
                    index.add(blobs);
                    any = true;
                } catch (FormatException | NoSuchFileException e) {
                    // A check names it; here only what can be read counts.
                }
            }
        }
        return any;
    }
}
