package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.SnapshotWriter.FileWriter;
import com.foodxchange.dr.repository.SnapshotWriter.PartWriter;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotWriterTest {
    private final Random random = new Random(11);
    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = Repositories.on(store);

    private List<byte[]> chunks(int count, int max) {
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(Contents.bytes(random, 1 + random.nextInt(max)));
        }
        return chunks;
    }

    @Test
    void givesBackWhatManyThreadsWroteInParts() throws Exception {
        Map<String, ByteBuffer> written = new ConcurrentHashMap<>();
        Snapshot snapshot;
        try (ExecutorService threads = Executors.newFixedThreadPool(8);
                SnapshotWriter writer = repository.newSnapshot()) {
            List<Future<?>> all = new ArrayList<>();
            for (int f = 0; f < 12; f++) {
                String path = "db" + f % 3 + "/c" + f + ".bson";
                FileWriter file = writer.create(path);
                List<byte[]> whole = new ArrayList<>();
                for (int p = 0; p < f % 5; p++) {
                    List<byte[]> chunks = chunks(random.nextInt(40), 60_000);
                    whole.addAll(chunks);
                    PartWriter part = file.nextPart();
                    all.add(threads.submit(() -> {
                        try (part) {
                            for (byte[] chunk : chunks) {
                                part.write(chunk.clone(), chunk.length);
                            }
                        }
                        return null;
                    }));
                }
                written.put(path, ByteBuffer.wrap(Contents.join(whole)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            snapshot = writer.commit(Contents.attributes(Contents.TIME, null));
        }
        assertThat(Contents.read(repository, snapshot)).isEqualTo(written);
        assertThat(Contents.read(Repositories.on(store), snapshot)).isEqualTo(written);
        assertThat(Repositories.on(store).snapshots().snapshots()).containsExactly(snapshot);
        assertThat(store.list(FileType.LOCK)).isEmpty();
    }

    @Test
    void storesEachBlobOnceEvenWhenManyThreadsBringItAtOnce() throws Exception {
        List<byte[]> chunks = chunks(50, 5_000);
        try (ExecutorService threads = Executors.newFixedThreadPool(8);
                SnapshotWriter writer = repository.newSnapshot()) {
            List<Future<?>> all = new ArrayList<>();
            for (int f = 0; f < 8; f++) {
                PartWriter part = writer.create("db/" + f + ".bson").nextPart();
                all.add(threads.submit(() -> {
                    try (part) {
                        for (byte[] chunk : chunks) {
                            part.write(chunk.clone(), chunk.length);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            writer.commit(Contents.attributes(Contents.TIME, null));
            WriteStatistics statistics = writer.statistics();
            assertThat(statistics.blobsNew()).isEqualTo(50);
            assertThat(statistics.blobsReused()).isEqualTo(7 * 50);
        }
        Index index = Repositories.on(store).loadIndex().index();
        assertThat(index.size()).isEqualTo(50 + 2);
    }

    @Test
    void addsNothingButTheSnapshotWhenNothingChangedSinceItsParent() throws Exception {
        Map<String, List<byte[]>> files = Map.of("db/a.bson", chunks(5, 1000), "db/b.bson", chunks(5, 1000));
        Snapshot first = Contents.write(repository, files, Contents.attributes(Contents.TIME, null));
        int packs = store.list(FileType.DATA).size();
        Snapshot second = Contents.write(
                Repositories.on(store),
                files,
                Contents.attributes(Contents.TIME.plus(Duration.ofHours(1)), first.id()));
        assertThat(second.tree()).isEqualTo(first.tree());
        assertThat(second.parent()).isEqualTo(first.id());
        assertThat(store.list(FileType.DATA)).hasSize(packs);
        assertThat(store.list(FileType.INDEX)).hasSize(1);
        SnapshotSummary summary = Objects.requireNonNull(second.summary());
        assertThat(summary.filesUnmodified()).isEqualTo(2);
        assertThat(summary.dirsUnmodified()).isEqualTo(1);
        assertThat(summary.dataAdded()).isZero();
    }

    @Test
    void countsWhatChangedSinceItsParent() throws Exception {
        Map<String, List<byte[]>> files = new TreeMap<>(Map.of("a/same", chunks(2, 9), "a/changed", chunks(2, 9)));
        Snapshot first = Contents.write(repository, files, Contents.attributes(Contents.TIME, null));
        files.put("a/changed", chunks(3, 9));
        files.put("b/new", chunks(1, 9));
        Snapshot second = Contents.write(repository, files, Contents.attributes(Contents.TIME, first.id()));
        SnapshotSummary summary = Objects.requireNonNull(second.summary());
        assertThat(List.of(summary.filesNew(), summary.filesChanged(), summary.filesUnmodified()))
                .containsExactly(1L, 1L, 1L);
        assertThat(List.of(summary.dirsNew(), summary.dirsChanged(), summary.dirsUnmodified()))
                .containsExactly(1L, 1L, 0L);
        assertThat(Contents.read(repository, second)).isEqualTo(Contents.joined(files));
    }

    @Test
    void storesBlobsAgainWhoseOnlyPackHasGone() throws Exception {
        Map<String, List<byte[]>> files = Map.of("db/a.bson", chunks(5, 1000));
        Contents.write(repository, files, Contents.attributes(Contents.TIME, null));
        for (var pack : store.list(FileType.DATA)) {
            store.delete(PackReader.handle(BlobId.parse(pack.name())));
        }
        Snapshot again = Contents.write(Repositories.on(store), files, Contents.attributes(Contents.TIME, null));
        assertThat(Contents.read(Repositories.on(store), again)).isEqualTo(Contents.joined(files));
    }

    @Test
    void showsNothingUntilItIsCommitted() throws Exception {
        try (SnapshotWriter writer = repository.newSnapshot();
                PartWriter part = writer.create("a").nextPart()) {
            part.write(new byte[] {1}, 1);
        }
        assertThat(repository.snapshots().snapshots()).isEmpty();
        assertThat(store.list(FileType.INDEX)).isEmpty();
        assertThat(store.list(FileType.LOCK)).isEmpty();
    }

    @Test
    void ignoresEmptyChunksAndKeepsEmptyFilesAndSnapshots() throws Exception {
        Map<String, List<byte[]>> files =
                Map.of("a", List.of(), "b", List.of(new byte[0], new byte[] {7}, new byte[0]));
        Snapshot snapshot = Contents.write(repository, files, Contents.attributes(Contents.TIME, null));
        assertThat(repository.read(snapshot).blobs("a")).isEmpty();
        assertThat(repository.read(snapshot).blobs("b")).hasSize(1);
        assertThat(Contents.read(repository, snapshot)).isEqualTo(Contents.joined(files));
        Snapshot empty = Contents.write(repository, Map.of(), Contents.attributes(Contents.TIME, null));
        assertThat(Contents.read(repository, empty)).isEmpty();
    }

    @Test
    void refusesToCommitWhileAPartIsOpen() throws Exception {
        try (SnapshotWriter writer = repository.newSnapshot()) {
            PartWriter part = writer.create("a").nextPart();
            part.write(new byte[] {1}, 1);
            assertThatIllegalStateException().isThrownBy(() -> writer.commit(Contents.attributes(Contents.TIME, null)));
        }
        assertThat(repository.snapshots().snapshots()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "..", "a/../b", "./a", "db/a", "db", "db/a/b", "x\0"})
    void refusesPathsThatAreUsedOrCannotBe(String path) throws Exception {
        try (SnapshotWriter writer = repository.newSnapshot()) {
            writer.create("db/a");
            assertThatExceptionOfType(RepositoryException.class)
                    .isThrownBy(() -> writer.create(path))
                    .matches(e -> e.kind() == Kind.INVALID);
        }
    }

    @Test
    void splitsLargeSnapshotsIntoPacksOfTheTargetSize() throws Exception {
        byte[] noise = new byte[900_000];
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            random.nextBytes(noise);
            chunks.add(noise.clone());
        }
        Contents.write(repository, Map.of("a", chunks), Contents.attributes(Contents.TIME, null));
        Index index = Repositories.on(store).loadIndex().index();
        List<Long> sizes = new ArrayList<>();
        index.forEachPack((pack, size) -> sizes.add(size));
        assertThat(sizes).hasSize(5).allMatch(size -> size < PackBuilder.TARGET_BYTES + 1_000_000);
        assertThat(store.list(FileType.DATA)).allMatch(entry -> sizes.contains(entry.size()));
    }

    @Test
    void losesNoEarlierSnapshotAndShowsNoneInPartWhenTheStoreFailsAtAnyOperation() throws Exception {
        Map<String, List<byte[]>> before = Map.of("db/a.bson", chunks(3, 100_000));
        Map<String, List<byte[]>> files = Map.of("db/a.bson", chunks(4, 300_000), "c.bson", chunks(2, 10));
        boolean neverFailed = false;
        for (int k = 0; !neverFailed; k++) {
            MemoryBlobStore sound = new MemoryBlobStore();
            Snapshot first = Contents.write(Repositories.on(sound), before, Contents.attributes(Contents.TIME, null));
            FaultyBlobStore faulty = new FaultyBlobStore(sound, k);
            try {
                Snapshot snapshot =
                        Contents.write(Repositories.on(faulty), files, Contents.attributes(Contents.TIME, first.id()));
                assertThat(Contents.read(Repositories.on(sound), snapshot)).isEqualTo(Contents.joined(files));
            } catch (RepositoryException e) {
                assertThat(e.kind()).isEqualTo(Kind.STORAGE);
                assertThat(e).hasMessageContaining("No space left on device");
                assertThat(Repositories.on(sound).snapshots().snapshots()).containsExactly(first);
            }
            neverFailed = faulty.neverFailed();
            assertThat(sound.list(FileType.LOCK)).isEmpty();
            assertThat(Contents.read(Repositories.on(sound), first)).isEqualTo(Contents.joined(before));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesOnlyWholeSnapshotsWhenItIsKilledAtAnyChangeOfTheStore(boolean lastChangeIsDone) throws Exception {
        Map<String, List<byte[]>> before = Map.of("db/a.bson", chunks(3, 100_000));
        Map<String, List<byte[]>> files = Map.of("db/a.bson", chunks(4, 300_000), "c.bson", chunks(2, 10));
        boolean killed = true;
        for (int k = 0; killed; k++) {
            MemoryBlobStore sound = new MemoryBlobStore();
            Snapshot first = Contents.write(Repositories.on(sound), before, Contents.attributes(Contents.TIME, null));
            FailingBlobStore failing = new FailingBlobStore(sound, k, lastChangeIsDone);
            try {
                Contents.write(Repositories.on(failing), files, Contents.attributes(Contents.TIME, first.id()));
            } catch (RepositoryException e) {
                assertThat(e.kind()).isEqualTo(Kind.STORAGE);
            }
            killed = failing.killed();
            Repository after = Repositories.on(sound);
            assertThat(after.snapshots().unreadable()).isEmpty();
            assertThat(after.snapshots().snapshots()).contains(first).hasSizeLessThanOrEqualTo(2);
            for (Snapshot visible : after.snapshots().snapshots()) {
                assertThat(Contents.read(after, visible))
                        .isEqualTo(Contents.joined(visible.equals(first) ? before : files));
            }
        }
    }

    @Test
    void findsWhatAnAttemptStoredThatWasNotCommitted() throws Exception {
        List<byte[]> chunks = new ArrayList<>();
        try (SnapshotWriter writer = repository.newSnapshot();
                PartWriter part = writer.create("a").nextPart()) {
            while (writer.statistics().packs() == 0) {
                byte[] noise = new byte[1 << 20];
                random.nextBytes(noise);
                chunks.add(noise);
                part.write(noise.clone(), noise.length);
            }
        }
        assertThat(repository.snapshots().snapshots()).isEmpty();
        try (SnapshotWriter writer = Repositories.on(store).newSnapshot()) {
            try (PartWriter part = writer.create("a").nextPart()) {
                for (byte[] chunk : chunks) {
                    part.write(chunk.clone(), chunk.length);
                }
            }
            writer.commit(Contents.attributes(Contents.TIME, null));
            assertThat(writer.statistics().blobsReused()).isGreaterThanOrEqualTo(16);
        }
        Index index = Repositories.on(store).loadIndex().index();
        index.forEachBlob((pack, blob) ->
                assertThat(index.locations(blob.type(), blob.id())).hasSize(1));
    }

    @Test
    void canBeInterruptedWhileItWaitsForTheStore() throws Exception {
        CountDownLatch saving = new CountDownLatch(1);
        StuckBlobStore stuck = new StuckBlobStore(store, saving);
        try (SnapshotWriter writer = Repositories.on(stuck).newSnapshot();
                PartWriter part = writer.create("a").nextPart()) {
            Thread caller = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                try {
                    saving.await();
                    caller.interrupt();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> {
                while (true) {
                    byte[] noise = new byte[1 << 20];
                    random.nextBytes(noise);
                    part.write(noise, noise.length);
                }
            });
        }
        assertThat(store.list(FileType.LOCK)).isEmpty();
        assertThat(store.list(FileType.DATA)).isEmpty();
    }

    @Test
    void failsTheNextWriteWhenTheStoreIsFull() throws Exception {
        FaultyBlobStore full = new FaultyBlobStore(store, 8);
        byte[] noise = new byte[1 << 20];
        try (SnapshotWriter writer = Repositories.on(full).newSnapshot();
                PartWriter part = writer.create("a").nextPart()) {
            assertThatExceptionOfType(RepositoryException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            random.nextBytes(noise);
                            part.write(noise.clone(), noise.length);
                        }
                    })
                    .matches(e -> e.kind() == Kind.STORAGE);
            assertThatExceptionOfType(RepositoryException.class)
                    .isThrownBy(() -> writer.commit(Contents.attributes(Contents.TIME, null)));
        }
    }

    @Test
    void noticesBeforeTheSnapshotIsSavedThatItsLockWasTakenAway() throws Exception {
        try (SnapshotWriter writer = repository.newSnapshot()) {
            for (var lock : store.list(FileType.LOCK)) {
                store.delete(new Handle(FileType.LOCK, lock.name()));
            }
            assertThatExceptionOfType(RepositoryException.class)
                    .isThrownBy(() -> writer.commit(Contents.attributes(Contents.TIME, null)))
                    .matches(e -> e.kind() == Kind.LOCKED);
        }
        assertThat(repository.snapshots().snapshots()).isEmpty();
    }
}
