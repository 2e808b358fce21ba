package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PruneTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    private final Random random = new Random(5);
    private final Map<Snapshot, Map<String, ByteBuffer>> contents = new LinkedHashMap<>();
    private MemoryBlobStore store = new MemoryBlobStore();
    private Map<String, List<byte[]>> files = new TreeMap<>();

    /** Six snapshots that share most of their blobs. */
    @BeforeEach
    void writeSnapshots() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            files.put("db/c" + i + ".bson", chunks(30));
        }
        try (Repository repository = Contents.repository(store, PASSWORD)) {
            for (int i = 0; i < 6; i++) {
                write(repository, i);
                files.values().forEach(chunks -> chunks.set(random.nextInt(chunks.size()), chunk()));
                files.put("db/new" + i + ".bson", chunks(3));
            }
        }
    }

    private void write(Repository repository, int number) throws InterruptedException {
        Snapshot snapshot =
                Contents.write(repository, files, Contents.attributes(Contents.TIME.plusSeconds(number), null));
        contents.put(snapshot, Contents.joined(files));
    }

    private List<byte[]> chunks(int count) {
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(chunk());
        }
        return chunks;
    }

    private byte[] chunk() {
        return Contents.bytes(random, 500 + random.nextInt(3000));
    }

    private void forget(Repository repository, Collection<Snapshot> snapshots) throws InterruptedException {
        try (RepositoryLock lock = repository.lock(RepositoryLock.Mode.EXCLUSIVE)) {
            repository.forget(lock, snapshots);
        }
        contents.keySet().removeAll(snapshots);
    }

    private List<Snapshot> snapshots(int... numbers) {
        List<Snapshot> all = List.copyOf(contents.keySet());
        List<Snapshot> some = new ArrayList<>();
        for (int number : numbers) {
            some.add(all.get(number));
        }
        return some;
    }

    private Repository open() {
        return Repository.open(store, PASSWORD);
    }

    private void everythingIsThere(BlobStore in) throws InterruptedException {
        try (Repository repository = Repository.open(in, PASSWORD)) {
            assertThat(repository.snapshots().snapshots()).containsExactlyElementsOf(contents.keySet());
            for (Map.Entry<Snapshot, Map<String, ByteBuffer>> snapshot : contents.entrySet()) {
                assertThat(Contents.read(repository, snapshot.getKey())).isEqualTo(snapshot.getValue());
            }
        }
    }

    private static CheckReport check(BlobStore in) throws InterruptedException {
        return Check.unlocked(in, PASSWORD, CheckScope.allData());
    }

    @Test
    void nothingToDoIsAnEmptyPlanAndChangesNothing() throws Exception {
        List<Handle> before = Stores.files(store, FileType.DATA);
        try (Repository repository = open()) {
            assertThat(new Prune(repository, 0).plan().isEmpty()).isTrue();
            assertThat(new Prune(repository, 0).execute(PackProgress.NONE).isEmpty())
                    .isTrue();
        }
        assertThat(Stores.files(store, FileType.DATA)).isEqualTo(before);
        assertThat(Stores.files(store, FileType.LOCK)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.5, 0.99})
    void whatIsLeftStaysReadableAndTheRestIsFreed(double maxUnused) throws Exception {
        long before = Stores.packBytes(store);
        try (Repository repository = open()) {
            forget(repository, snapshots(0, 1, 3));
            PrunePlan plan = new Prune(repository, maxUnused).plan();
            assertThat(Stores.packBytes(store)).isEqualTo(before);

            assertThat(new Prune(repository, maxUnused).execute(PackProgress.NONE))
                    .isEqualTo(plan);

            long freed = before - Stores.packBytes(store);
            assertThat(freed).isBetween(plan.bytesFreed() - 36 * plan.packsRepacked() - 72, plan.bytesFreed());
            long left = Stores.packBytes(store);
            assertThat((double) plan.bytesUnused()).isLessThanOrEqualTo(maxUnused * left);
            assertThat(new Prune(repository, maxUnused).plan().isEmpty()).isTrue();
        }
        everythingIsThere(store);
        assertThat(check(store).findings()).isEmpty();
    }

    @Test
    void emptyRepositoryIsLeftWhenEverythingIsForgotten() throws Exception {
        try (Repository repository = open()) {
            forget(repository, snapshots(0, 1, 2, 3, 4, 5));
            new Prune(repository, 0.05).execute(PackProgress.NONE);
        }
        assertThat(store.list(FileType.DATA)).isEmpty();
        assertThat(store.list(FileType.INDEX)).isEmpty();
        assertThat(check(store).findings()).isEmpty();
    }

    @Test
    void backupsGoOnAfterAPruneInTheSameProcess() throws Exception {
        try (Repository repository = open()) {
            forget(repository, snapshots(0, 1, 2, 3, 4));
            new Prune(repository, 0).execute(PackProgress.NONE);
            write(repository, 7);
        }
        everythingIsThere(store);
        assertThat(check(store).findings()).isEmpty();
    }

    @Test
    void killedAtEveryStoreCallItLeavesAValidRepositoryThatTheNextPruneFinishes() throws Exception {
        try (Repository repository = open()) {
            forget(repository, snapshots(0, 1, 3));
        }
        MemoryBlobStore original = store;
        boolean killed = true;
        int kills = 0;
        for (int call = 0; killed; call++) {
            for (boolean done : List.of(false, true)) {
                store = Stores.copy(original);
                FailingBlobStore failing = new FailingBlobStore(store, call, done);
                try (Repository repository = Repository.open(failing, PASSWORD)) {
                    new Prune(repository, 0).execute(PackProgress.NONE);
                } catch (RepositoryException e) {
                    assertThat(e.kind()).isEqualTo(Kind.STORAGE);
                }
                killed = failing.killed();
                kills += killed ? 1 : 0;
                Stores.removeLocks(store);
                everythingIsThere(store);
                assertThat(check(store).problems()).isEmpty();
                if (call % 5 == 0) {
                    try (Repository repository = open()) {
                        new Prune(repository, 0).execute(PackProgress.NONE);
                    }
                    everythingIsThere(store);
                    assertThat(check(store).findings()).isEmpty();
                }
            }
        }
        assertThat(kills).isGreaterThan(20);
    }

    @Test
    void duplicatesGoAndTheIntactCopyStays() throws Exception {
        // Two writers that do not know of each other store the same blobs.
        MemoryBlobStore other = Stores.copy(store);
        files.put("db/twice.bson", chunks(40));
        try (Repository repository = open();
                Repository second = Repository.open(other, PASSWORD)) {
            write(repository, 10);
            write(second, 11);
        }
        for (FileType type : List.of(FileType.DATA, FileType.INDEX, FileType.SNAPSHOT)) {
            for (Handle handle : Stores.files(other, type)) {
                byte[] bytes = other.load(handle);
                store.save(handle, bytes, bytes.length);
            }
        }
        assertThat(check(store).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("copies of blobs"));
        MemoryBlobStore original = store;
        for (Handle pack : Stores.files(original, FileType.DATA)) {
            store = Stores.copy(original);
            Stores.flip(store, pack, 100);
            CheckReport damaged = check(store);
            try (Repository repository = open()) {
                new Prune(repository, 0).execute(PackProgress.NONE);
            } catch (RepositoryException e) {
                assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
                assertThat(damaged.hitSnapshots()).isNotEmpty();
            }
            if (damaged.hitSnapshots().isEmpty()) {
                everythingIsThere(store);
                assertThat(check(store).findings()).isEmpty();
            } else {
                assertThat(check(store).hitSnapshots()).isEqualTo(damaged.hitSnapshots());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damagedOrMissingIndexIsWrittenAnew(boolean missing) throws Exception {
        MemoryBlobStore original = store;
        for (Handle index : Stores.files(original, FileType.INDEX)) {
            store = Stores.copy(original);
            store.delete(index);
            if (!missing) {
                store.save(index, new byte[100], 100);
            }
            everythingIsThere(store);
            assertThat(check(store).problems()).isNotEmpty();
            try (Repository repository = open()) {
                new Prune(repository, 0.05).execute(PackProgress.NONE);
            }
            everythingIsThere(store);
            assertThat(check(store).findings()).isEmpty();
        }
    }

    @Test
    void packThatNothingNeedsMayBeMissingAndOneThatIsNeededStopsEverything() throws Exception {
        MemoryBlobStore original = store;
        for (Handle pack : Stores.files(original, FileType.DATA)) {
            store = Stores.copy(original);
            store.delete(pack);
            boolean needed = !check(store).hitSnapshots().isEmpty();
            assertThat(needed).isTrue();
            List<Handle> packs = Stores.files(store, FileType.DATA);
            try (Repository repository = open()) {
                assertThatThrownBy(() -> new Prune(repository, 0).execute(PackProgress.NONE))
                        .isInstanceOfSatisfying(
                                RepositoryException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED));
                assertThat(Stores.files(store, FileType.DATA)).isEqualTo(packs);
                try (RepositoryLock lock = repository.lock(RepositoryLock.Mode.EXCLUSIVE)) {
                    repository.forget(lock, check(store).hitSnapshots());
                }
                new Prune(repository, 0).execute(PackProgress.NONE);
            }
            assertThat(check(store).findings()).isEmpty();
        }
    }

    @Test
    void unreadableSnapshotStopsEverything() throws Exception {
        Handle snapshot = Stores.files(store, FileType.SNAPSHOT).getFirst();
        Stores.flip(store, snapshot, 30);
        try (Repository repository = open()) {
            assertThatThrownBy(() -> new Prune(repository, 0).plan())
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageContaining(snapshot.name());
        }
    }

    @Test
    void manyIndexFilesBecomeFew() throws Exception {
        try (Repository repository = open()) {
            for (int i = 10; i < 23; i++) {
                write(repository, i);
            }
            assertThat(store.list(FileType.INDEX)).hasSizeGreaterThan(16);
            new Prune(repository, 0.05).execute(PackProgress.NONE);
        }
        assertThat(store.list(FileType.INDEX)).hasSize(1);
        everythingIsThere(store);
    }

    @Test
    void runningBackupKeepsAPruneAway() throws Exception {
        try (Repository repository = open();
                SnapshotWriter writer = repository.newSnapshot()) {
            assertThat(writer.statistics().packs()).isZero();
            assertThatThrownBy(() -> new Prune(repository, 0).execute(PackProgress.NONE))
                    .isInstanceOfSatisfying(
                            RepositoryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOCKED));
        }
    }
}
