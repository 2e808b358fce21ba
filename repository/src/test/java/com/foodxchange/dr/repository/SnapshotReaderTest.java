package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
    private final Random random = new Random(12);
    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = Repositories.on(store);

    private List<byte[]> chunks(int count, int length) {
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(Contents.bytes(random, length));
        }
        return chunks;
    }

    private Snapshot write(Map<String, List<byte[]>> files) throws InterruptedException {
        return Contents.write(repository, files, Contents.attributes(Contents.TIME, null));
    }

    /** Replaces a stored file by other bytes, as a failing disk would. */
    private void damage(Handle file, byte[] bytes) throws IOException {
        store.delete(file);
        store.save(file, bytes, bytes.length);
    }

    private Index.Location place(BlobId id) throws InterruptedException {
        return repository.loadIndex().index().locations(BlobType.DATA, id).getFirst();
    }

    @Test
    void readsFilesLargerThanItsWindowWithRepeatedBlobs() throws Exception {
        List<byte[]> chunks = chunks(40, 1 << 20);
        chunks.addAll(chunks.subList(3, 20));
        chunks.add(chunks.getFirst());
        chunks.add(chunks.getFirst());
        Snapshot snapshot = write(Map.of("big", chunks, "other", chunks(3, 10)));
        SnapshotReader reader = Repositories.on(store).read(snapshot);
        assertThat(reader.files()).containsExactly(new FileEntry("big", 59L << 20), new FileEntry("other", 30));
        assertThat(reader.blobs("big")).hasSize(59);
        assertThat(Contents.read(reader, "big")).isEqualTo(Contents.join(chunks));
    }

    @Test
    void namesBlobPackAndPathOfWhatIsDamagedAndStillReadsTheRest() throws Exception {
        Snapshot snapshot = write(Map.of("db/a.bson", chunks(3, 5000), "db/b.bson", chunks(3, 5000)));
        SnapshotReader reader = repository.read(snapshot);
        BlobId id = reader.blobs("db/a.bson").get(1).id();
        Index.Location place = place(id);
        Handle file = PackReader.handle(place.pack());
        byte[] pack = store.load(file);
        pack[(int) place.blob().offset() + 40] ^= 1;
        damage(file, pack);

        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(() -> Contents.read(reader, "db/a.bson"))
                .matches(e -> e.kind() == Kind.DAMAGED)
                .withMessageContainingAll(
                        id.hex(), place.pack().hex(), "db/a.bson", snapshot.id().substring(0, 8));
        assertThat(Contents.read(reader, "db/b.bson")).hasSize(15_000);
    }

    @Test
    void saysWhenAPackIsMissingOrTooShort() throws Exception {
        Snapshot snapshot = write(Map.of("a", chunks(3, 5000)));
        SnapshotReader reader = repository.read(snapshot);
        BlobId pack = place(reader.blobs("a").getFirst().id()).pack();
        byte[] bytes = store.load(PackReader.handle(pack));
        damage(PackReader.handle(pack), Arrays.copyOf(bytes, 100));
        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(() -> Contents.read(reader, "a"))
                .withMessageContaining("pack " + pack + " is too short");
        store.delete(PackReader.handle(pack));
        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(() -> Contents.read(reader, "a"))
                .withMessageContaining("pack " + pack + " is missing");
    }

    @Test
    void takesASecondCopyWhenTheFirstIsDamaged() throws Exception {
        Map<String, List<byte[]>> files = Map.of("a", chunks(3, 5000));
        Snapshot first = write(files);
        BlobId pack = place(repository.read(first).blobs("a").getFirst().id()).pack();
        byte[] whole = store.load(PackReader.handle(pack));
        store.delete(PackReader.handle(pack));
        Contents.write(Repositories.on(store), files, Contents.attributes(Contents.TIME, null));
        whole[77] ^= 1;
        damage(PackReader.handle(pack), whole);

        Repository reopened = Repositories.on(store);
        for (Snapshot snapshot : reopened.snapshots().snapshots()) {
            assertThat(Contents.read(reopened, snapshot)).isEqualTo(Contents.joined(files));
        }
    }

    @Test
    void followsBlobsThatAPruneMovedSinceTheReaderWasMade() throws Exception {
        List<byte[]> chunks = chunks(3, 5000);
        Map<String, List<byte[]>> files = Map.of("a", chunks);
        Snapshot snapshot = write(files);
        String oldIndex = store.list(FileType.INDEX).getFirst().name();
        Repository other = Repositories.on(store);
        SnapshotReader reader = other.read(snapshot);
        BlobId pack = place(reader.blobs("a").getFirst().id()).pack();
        store.delete(PackReader.handle(pack));
        Contents.write(Repositories.on(store), files, Contents.attributes(Contents.TIME, null));
        store.delete(new Handle(FileType.INDEX, oldIndex));

        assertThat(Contents.read(reader, "a")).isEqualTo(Contents.join(chunks));
    }

    @Test
    void refusesAFileWhoseBlobsAreNotItsSize() throws Exception {
        BlobPipeline pipeline = new BlobPipeline(repository.files(), new Index(), Set.of(), () -> {});
        BlobIdList content = new BlobIdList();
        pipeline.store(BlobType.DATA, new byte[] {1, 2, 3}, 3, content::add);
        pipeline.awaitBlobs();
        byte[] tree = TreeCodec.write(List.of(
                TreeNode.file("long", Contents.TIME, 4, content),
                TreeNode.file("none", Contents.TIME, 0, content),
                TreeNode.file("right", Contents.TIME, 3, content)));
        pipeline.store(BlobType.TREE, tree, tree.length, id -> {});
        pipeline.flush();
        assertThat(pipeline.stop()).isTrue();
        Snapshot template = write(Map.of());
        Snapshot snapshot = new Snapshot(
                template.id(),
                Contents.TIME,
                null,
                Sha256.hash(tree, 0, tree.length),
                List.of("/"),
                "h",
                "u",
                List.of(),
                null,
                null,
                null);
        SnapshotReader reader = repository.read(snapshot);
        assertThat(Contents.read(reader, "right")).containsExactly(1, 2, 3);
        for (String path : List.of("long", "none")) {
            assertThatExceptionOfType(RepositoryException.class)
                    .isThrownBy(() -> reader.open(path))
                    .matches(e -> e.kind() == Kind.DAMAGED)
                    .withMessageContaining(path);
        }
    }

    @Test
    void findsBlobsThroughThePacksWhenAnIndexFileIsDamaged() throws Exception {
        Map<String, List<byte[]>> files = Map.of("a", chunks(3, 5000));
        Snapshot first = write(files);
        Handle index =
                new Handle(FileType.INDEX, store.list(FileType.INDEX).getFirst().name());
        Snapshot second = write(Map.of("b", chunks(1, 10)));
        byte[] bytes = store.load(index);
        bytes[bytes.length / 2] ^= 1;
        for (byte[] damaged : List.of(bytes, new byte[0])) {
            damage(index, damaged);
            Repository reopened = Repositories.on(store);
            assertThat(Contents.read(reopened, first)).isEqualTo(Contents.joined(files));
            assertThat(Contents.read(reopened, second)).hasSize(1);
            assertThat(reopened.loadIndex().damaged())
                    .singleElement()
                    .matches(damage -> damage.file().equals("index/" + index.name()));
        }
    }

    @Test
    void listsTheOtherSnapshotsWhenAFileOfOneIsDamaged() throws Exception {
        Snapshot first = write(Map.of("a", chunks(1, 10)));
        Snapshot second = write(Map.of("b", chunks(1, 10)));
        damage(new Handle(FileType.SNAPSHOT, first.id()), new byte[0]);
        SnapshotList list = Repositories.on(store).snapshots();
        assertThat(list.snapshots()).containsExactly(second);
        assertThat(list.unreadable()).containsExactly(new Damage("snapshots/" + first.id(), "it is empty"));
    }

    @Test
    void saysWhichTreeIsDamaged() throws Exception {
        Snapshot snapshot = write(Map.of("db/a", chunks(1, 10)));
        Index.Location tree = repository
                .loadIndex()
                .index()
                .locations(BlobType.TREE, snapshot.tree())
                .getFirst();
        store.delete(PackReader.handle(tree.pack()));
        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(() -> Repositories.on(store).read(snapshot))
                .matches(e -> e.kind() == Kind.DAMAGED)
                .withMessageContaining(snapshot.tree().hex());
    }

    @Test
    void readsOtherFilesWhileOneIsHeldOpen() throws Exception {
        List<byte[]> chunks = chunks(40, 1 << 20);
        Snapshot snapshot = write(Map.of("a", chunks, "b", chunks.subList(5, 35)));
        SnapshotReader reader = repository.read(snapshot);
        try (BlobStream a = reader.open("a")) {
            assertThat(a.next()).isEqualTo(chunks.getFirst());
            assertThat(Contents.read(reader, "b")).isEqualTo(Contents.join(chunks.subList(5, 35)));
            assertThat(a.next()).isEqualTo(chunks.get(1));
        }
    }

    @Test
    void knowsNoOtherPaths() throws Exception {
        SnapshotReader reader = repository.read(write(Map.of("db/a", chunks(1, 10))));
        for (String path : List.of("db", "a", "/db/a", "")) {
            assertThatExceptionOfType(RepositoryException.class)
                    .isThrownBy(() -> reader.open(path))
                    .matches(e -> e.kind() == Kind.INVALID);
        }
    }
}
