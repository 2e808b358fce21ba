package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.repository.CheckFinding.Hit;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of file is damaged in every way. A check has to find each damage and name exactly the files of snapshots
 * that reading them shows to be lost; everything else has to be readable.
 */
final class DamageTest {
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final MemoryBlobStore ORIGINAL = new MemoryBlobStore();
    private static final List<Handle> TREE_PACKS = new ArrayList<>();
    private static final Map<String, Map<String, ByteBuffer>> CONTENTS = new LinkedHashMap<>();

    private MemoryBlobStore store = new MemoryBlobStore();

    /** Three snapshots, each with blobs of its own and blobs of those before. */
    @BeforeAll
    static void writeSnapshots() throws InterruptedException {
        Random random = new Random(3);
        Map<String, List<byte[]>> files = new TreeMap<>();
        try (Repository repository = Contents.repository(ORIGINAL, PASSWORD)) {
            for (int i = 0; i < 3; i++) {
                files.put("db" + i + "/a.bson", chunks(random));
                files.put("shared/b" + i + ".bson", chunks(random));
                files.put("manifest.json", List.of(Contents.bytes(random, 300)));
                Snapshot snapshot =
                        Contents.write(repository, files, Contents.attributes(Contents.TIME.plusSeconds(i), null));
                CONTENTS.put(snapshot.id(), Contents.joined(files));
            }
        }
    }

    private static List<byte[]> chunks(Random random) {
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            chunks.add(Contents.bytes(random, 200 + random.nextInt(2000)));
        }
        return chunks;
    }

    private static CheckReport check(MemoryBlobStore in, CheckScope scope) throws InterruptedException {
        return Check.unlocked(in, PASSWORD, scope);
    }

    /** By id of the snapshot, what a check says is lost; a folder stands for what is in it. */
    private static Map<String, Set<String>> named(CheckReport report) {
        Map<String, Set<String>> named = new HashMap<>();
        for (CheckFinding finding : report.problems()) {
            for (Hit hit : finding.hits()) {
                String id = hit.snapshot().id();
                for (String path : CONTENTS.getOrDefault(id, Map.of()).keySet()) {
                    if (hit.paths().stream().anyMatch(lost -> covers(lost, path))) {
                        named.computeIfAbsent(id, key -> new HashSet<>()).add(path);
                    }
                }
            }
        }
        return named;
    }

    private static boolean covers(String lost, String path) {
        return lost.equals("/") || (lost.endsWith("/") ? path.startsWith(lost) : path.equals(lost));
    }

    /** By id of the snapshot, what cannot be read any more. Nothing reads as something else. */
    private Map<String, Set<String>> lost() throws InterruptedException {
        Map<String, Set<String>> lost = new HashMap<>();
        try (Repository repository = Repository.open(store, PASSWORD)) {
            for (Snapshot snapshot : repository.snapshots().snapshots()) {
                Map<String, ByteBuffer> expected = CONTENTS.getOrDefault(snapshot.id(), Map.of());
                Set<String> missing = unreadable(repository, snapshot, expected);
                if (!missing.isEmpty()) {
                    lost.put(snapshot.id(), missing);
                }
            }
        }
        return lost;
    }

    private static Set<String> unreadable(Repository repository, Snapshot snapshot, Map<String, ByteBuffer> expected)
            throws InterruptedException {
        SnapshotReader reader;
        try {
            reader = repository.read(snapshot);
        } catch (RepositoryException e) {
            return expected.keySet();
        }
        Set<String> unreadable = new HashSet<>();
        for (Map.Entry<String, ByteBuffer> file : expected.entrySet()) {
            try {
                assertThat(Contents.read(reader, file.getKey()))
                        .isEqualTo(file.getValue().array());
            } catch (RepositoryException e) {
                unreadable.add(file.getKey());
            }
        }
        return unreadable;
    }

    private interface Damager {
        void damage(Handle handle) throws IOException;
    }

    private void forEach(FileType type, Damager damager, Verdict verdict) throws Exception {
        for (Handle handle : Stores.files(ORIGINAL, type)) {
            store = Stores.copy(ORIGINAL);
            damager.damage(handle);
            verdict.check(handle);
        }
    }

    private interface Verdict {
        void check(Handle handle) throws Exception;
    }

    private void isFound(Handle handle) throws InterruptedException {
        assertThat(check(store, CheckScope.allData()).problems())
                .extracting(CheckFinding::file)
                .contains(RepositoryFiles.describe(handle.type(), handle.name()));
    }

    private static final int[] LENGTHS = {0, 1, 31, 32, 33, 60, 72, 73, 100, 150};

    @ParameterizedTest
    @EnumSource(names = {"CONFIG", "KEY", "INDEX", "SNAPSHOT", "DATA"})
    void tornFileIsFoundAtEveryLength(FileType type) throws Exception {
        for (Handle handle : Stores.files(ORIGINAL, type)) {
            byte[] whole = ORIGINAL.load(handle);
            Set<Integer> lengths = new HashSet<>(List.of(whole.length - 1, whole.length / 2, whole.length - 40));
            Arrays.stream(LENGTHS).filter(length -> length < whole.length).forEach(lengths::add);
            for (int length : lengths) {
                store = Stores.copy(ORIGINAL);
                Stores.replace(store, handle, Arrays.copyOf(whole, length));
                isFound(handle);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIG", "KEY", "INDEX", "SNAPSHOT", "DATA"})
    void appendedByteIsFound(FileType type) throws Exception {
        forEach(
                type,
                handle -> {
                    byte[] whole = ORIGINAL.load(handle);
                    Stores.replace(store, handle, Arrays.copyOf(whole, whole.length + 1));
                },
                this::isFound);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIG", "KEY", "INDEX", "SNAPSHOT", "DATA"})
    void flippedBitIsFoundWhereverItIs(FileType type) throws Exception {
        for (Handle handle : Stores.files(ORIGINAL, type)) {
            int length = ORIGINAL.load(handle).length;
            int step = Math.max(1, length / (type == FileType.KEY ? 150 : 60));
            for (int position = 0; position < length; position += step) {
                store = Stores.copy(ORIGINAL);
                Stores.flip(store, handle, position);
                isFound(handle);
            }
        }
    }

    @Test
    void structureAloneFindsWhatDoesNotNeedData() throws Exception {
        for (FileType type : List.of(FileType.CONFIG, FileType.KEY, FileType.INDEX, FileType.SNAPSHOT)) {
            forEach(
                    type,
                    handle -> Stores.flip(store, handle, 40),
                    handle -> assertThat(check(store, CheckScope.structure()).problems())
                            .extracting(CheckFinding::file)
                            .contains(RepositoryFiles.describe(handle.type(), handle.name())));
        }
        for (Handle pack : treePacks()) {
            store = Stores.copy(ORIGINAL);
            Stores.flip(store, pack, 20);
            CheckReport report = check(store, CheckScope.structure());
            assertThat(named(report)).isNotEmpty();
            namesWhatIsLost(pack, report);
        }
    }

    /** Readers refuse a snapshot with a damaged folder as a whole; a check names what is in that folder. */
    private void namesWhatIsLost(Handle pack, CheckReport report) throws Exception {
        Map<String, Set<String>> lost = lost();
        if (treePacks().contains(pack)) {
            Map<String, Set<String>> named = named(report);
            assertThat(named.keySet()).isEqualTo(lost.keySet());
            named.forEach(
                    (id, paths) -> assertThat(lost.getOrDefault(id, Set.of())).containsAll(paths));
        } else {
            assertThat(named(report)).isEqualTo(lost);
        }
    }

    private static List<Handle> treePacks() throws Exception {
        if (!TREE_PACKS.isEmpty()) {
            return TREE_PACKS;
        }
        try (Repository repository = Repository.open(ORIGINAL, PASSWORD)) {
            Index index = repository.loadIndex().index();
            for (Handle pack : Stores.files(ORIGINAL, FileType.DATA)) {
                if (index.blobsOf(BlobId.parse(pack.name())).getFirst().type() == BlobType.TREE) {
                    TREE_PACKS.add(pack);
                }
            }
        }
        assertThat(TREE_PACKS).hasSize(3);
        return TREE_PACKS;
    }

    @Test
    void damagedPackHitsExactlyWhatCannotBeReadAnyMore() throws Exception {
        int hits = 0;
        for (Handle handle : Stores.files(ORIGINAL, FileType.DATA)) {
            int length = ORIGINAL.load(handle).length;
            for (int position = 5; position < length; position += length / 25) {
                store = Stores.copy(ORIGINAL);
                Stores.flip(store, handle, position);
                CheckReport report = check(store, CheckScope.allData());
                namesWhatIsLost(handle, report);
                hits += report.hitSnapshots().isEmpty() ? 0 : 1;
            }
        }
        assertThat(hits).isGreaterThan(50);
    }

    @Test
    void tornPackHitsExactlyWhatCannotBeReadAnyMoreAndStructureAloneSaysSo() throws Exception {
        for (Handle handle : Stores.files(ORIGINAL, FileType.DATA)) {
            byte[] whole = ORIGINAL.load(handle);
            for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 12)) {
                store = Stores.copy(ORIGINAL);
                Stores.replace(store, handle, Arrays.copyOf(whole, length));
                namesWhatIsLost(handle, check(store, CheckScope.structure()));
            }
        }
    }

    @Test
    void missingPackHitsExactlyWhatCannotBeReadAnyMore() throws Exception {
        forEach(FileType.DATA, store::delete, handle -> {
            store = Stores.copy(ORIGINAL);
            store.delete(handle);
            CheckReport report = check(store, CheckScope.structure());
            assertThat(report.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.file()).isEqualTo("data/" + handle.name());
                assertThat(problem.message()).isEqualTo("the pack is missing");
                assertThat(problem.hint()).isNotEmpty();
            });
            assertThat(named(report)).isNotEmpty();
            namesWhatIsLost(handle, report);
        });
    }

    @Test
    void packUnderAnothersNameIsFoundAndHitsWhatTheOtherHeld() throws Exception {
        List<Handle> packs = Stores.files(ORIGINAL, FileType.DATA);
        for (int i = 1; i < packs.size(); i++) {
            store = Stores.copy(ORIGINAL);
            Stores.replace(store, packs.get(i), ORIGINAL.load(packs.get(i - 1)));
            Stores.replace(store, packs.get(i - 1), ORIGINAL.load(packs.get(i)));
            isFound(packs.get(i));
            isFound(packs.get(i - 1));
            assertThat(named(check(store, CheckScope.allData())))
                    .isEqualTo(lost())
                    .isNotEmpty();
        }
    }

    @Test
    void damagedSnapshotHidesNoOther() throws Exception {
        forEach(FileType.SNAPSHOT, handle -> Stores.flip(store, handle, 20), handle -> {
            assertThat(lost()).isEmpty();
            try (Repository repository = Repository.open(store, PASSWORD)) {
                SnapshotList list = repository.snapshots();
                assertThat(list.snapshots()).hasSize(2);
                assertThat(list.unreadable()).extracting(Damage::file).containsExactly("snapshots/" + handle.name());
            }
        });
    }

    @Test
    void damagedIndexHidesNothingAndTheCheckNamesWhatResticCannotRead() throws Exception {
        for (Handle handle : Stores.files(ORIGINAL, FileType.INDEX)) {
            for (boolean missing : List.of(true, false)) {
                store = Stores.copy(ORIGINAL);
                Set<String> hit = usersOf(handle);
                store.delete(handle);
                if (!missing) {
                    store.save(handle, new byte[0], 0);
                }
                assertThat(lost()).isEmpty();
                CheckReport report = check(store, CheckScope.structure());
                assertThat(report.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.file()).isEqualTo(missing ? "index" : "index/" + handle.name());
                    assertThat(problem.hint()).contains("dr prune");
                });
                assertThat(named(report).keySet()).isEqualTo(hit);
            }
        }
    }

    /** The snapshots that need a blob which only this index file names. */
    private static Set<String> usersOf(Handle index) throws Exception {
        MemoryBlobStore without = Stores.copy(ORIGINAL);
        Set<String> users = new HashSet<>();
        try (Repository repository = Repository.open(without, PASSWORD)) {
            List<PackBlobs> named = IndexCodec.read(repository.files().load(FileType.INDEX, index.name()));
            for (Snapshot snapshot : repository.snapshots().snapshots()) {
                SnapshotReader reader = repository.read(snapshot);
                Set<BlobId> needed = new HashSet<>(Set.of(snapshot.tree()));
                reader.tree().folders().values().forEach(folder -> needed.add(folder.subtree()));
                for (FileEntry file : reader.files()) {
                    reader.blobs(file.path()).forEach(blob -> needed.add(blob.id()));
                }
                if (named.stream()
                        .flatMap(pack -> pack.blobs().stream())
                        .anyMatch(blob -> needed.contains(blob.id()))) {
                    users.add(snapshot.id());
                }
            }
        }
        return users;
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEX", "SNAPSHOT", "KEY", "DATA"})
    void copyUnderAnotherNameIsFoundOrHarmless(FileType type) throws Exception {
        String name = "0123456789abcdef".repeat(4);
        forEach(
                type,
                handle -> {
                    byte[] bytes = ORIGINAL.load(handle);
                    store.save(new Handle(type, name), bytes, bytes.length);
                },
                handle -> {
                    assertThat(lost()).isEmpty();
                    CheckReport report = check(store, CheckScope.allData());
                    assertThat(report.findings())
                            .singleElement()
                            .satisfies(finding -> assertThat(finding.file() + finding.message())
                                    .contains(name));
                    assertThat(report.clean()).isEqualTo(type == FileType.DATA);
                    assertThat(report.hitSnapshots()).isEmpty();
                });
    }

    @Test
    void emptySnapshotsAndLocksAndForeignPacksAreTold() throws Exception {
        store = Stores.copy(ORIGINAL);
        String name = "0123456789abcdef".repeat(4);
        store.save(new Handle(FileType.LOCK, name), new byte[0], 0);
        store.save(new Handle(FileType.DATA, name), new byte[10], 10);
        CheckReport report = check(store, CheckScope.allData());
        assertThat(report.clean()).isTrue();
        assertThat(report.findings()).hasSize(2);
    }

    @Test
    void everyKeyMissingIsDamage() throws Exception {
        store = Stores.copy(ORIGINAL);
        store.delete(Stores.files(store, FileType.KEY).getFirst());
        assertThat(check(store, CheckScope.structure()).problems())
                .extracting(CheckFinding::file)
                .containsExactly("keys");
    }

    @Test
    void missingConfigIsDamageAndTheRestIsCheckedAllTheSame() throws Exception {
        store = Stores.copy(ORIGINAL);
        store.delete(Handle.config());
        CheckReport report = check(store, CheckScope.allData());
        assertThat(report.problems()).extracting(CheckFinding::file).containsExactly("config");
        assertThat(report.snapshots()).isEqualTo(3);
    }
}
