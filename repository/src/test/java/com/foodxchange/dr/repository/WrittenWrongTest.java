package com.foodxchange.dr.repository;

import static com.foodxchange.dr.repository.HandMade.bytes;
import static com.foodxchange.dr.repository.HandMade.file;
import static com.foodxchange.dr.repository.HandMade.id;
import static com.foodxchange.dr.repository.HandMade.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.repository.CheckFinding.Severity;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no hash tells: files that are intact but say something that cannot be restored. */
final class WrittenWrongTest {
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final byte[] ONE = bytes("one document");
    private static final byte[] TWO = bytes("another document");

    private final MemoryBlobStore store = new MemoryBlobStore();
    private HandMade made = new HandMade(Contents.repository(store, PASSWORD));

    @BeforeEach
    void startAnew() throws IOException {
        for (FileType type : List.of(FileType.DATA, FileType.INDEX, FileType.SNAPSHOT)) {
            for (var handle : Stores.files(store, type)) {
                store.delete(handle);
            }
        }
        made = new HandMade(Repository.open(store, PASSWORD));
    }

    private CheckReport check(CheckScope scope) throws InterruptedException {
        return Check.unlocked(store, PASSWORD, scope);
    }

    private Snapshot write(byte[]... trees) throws IOException {
        made.index(made.pack(BlobType.DATA, ONE, TWO), made.pack(BlobType.TREE, trees));
        return made.snapshot(id(trees[0]));
    }

    private void isHit(Snapshot snapshot, String path, String message) throws InterruptedException {
        for (CheckScope scope : List.of(CheckScope.structure(), CheckScope.allData())) {
            assertThat(check(scope).problems()).singleElement().satisfies(problem -> {
                assertThat(problem.message()).contains(message);
                assertThat(problem.hits()).singleElement().satisfies(hit -> {
                    assertThat(hit.snapshot().id()).isEqualTo(snapshot.id());
                    assertThat(hit.paths()).containsExactly(path);
                });
            });
        }
    }

    @Test
    void properOnesAreClean() throws Exception {
        write(tree(file("a", ONE.length + TWO.length, ONE, TWO), file("b", 0), file("c", ONE.length, ONE)));
        assertThat(check(CheckScope.allData()).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 27, 29, 1_000_000_000_000L})
    void sizeThatIsNotThatOfTheBlobsIsFound(long size) throws Exception {
        isHit(write(tree(file("a", size, ONE, TWO))), "a", "has 28 bytes, but its folder says " + size);
    }

    @Test
    void sizeInAFolderIsFoundWithItsPath() throws Exception {
        byte[] inner = tree(file("a.bson", 5, ONE));
        byte[] root = tree("{\"name\":\"db\",\"type\":\"dir\",\"content\":null,\"subtree\":\"" + id(inner) + "\"}");
        isHit(write(root, inner), "db/a.bson", "12 bytes, but its folder says 5");
    }

    @Test
    void unsortedNamesAreFound() throws Exception {
        isHit(write(tree(file("b", 12, ONE), file("a", 12, ONE))), "/", "not sorted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\\"", "\\\\u0000"})
    void namesThatNoFileCanHaveAreFound(String name) throws Exception {
        isHit(write(tree(file(name, 12, ONE))), "/", "the folder cannot be read");
    }

    @Test
    void sameNameTwiceIsFound() throws Exception {
        isHit(write(tree(file("a", 12, ONE), file("a", 12, ONE))), "/", "two entries named a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"type\":\"file\",\"content\":null}",
                "{\"name\":\"a\",\"type\":\"dir\",\"content\":null}",
                "{\"name\":\"a\"",
                "[]"
            })
    void nodesThatMissSomethingAreFound(String node) throws Exception {
        isHit(write(tree(node)), "/", "the folder cannot be read");
    }

    @Test
    void unknownTypeIsFound() throws Exception {
        isHit(write(tree("{\"name\":\"a\",\"type\":\"irregular\",\"content\":null}")), "a", "unknown type irregular");
    }

    @Test
    void blobThatIsNowhereIsFound() throws Exception {
        isHit(write(tree(file("a", 3, bytes("new")), file("b", 12, ONE))), "a", "no index names some of the blobs");
        byte[] nowhere = tree();
        Snapshot second = made.snapshot(id(nowhere));
        assertThat(check(CheckScope.structure()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.hits()).anySatisfy(hit -> {
                    assertThat(hit.snapshot().id()).isEqualTo(second.id());
                    assertThat(hit.paths()).containsExactly("/");
                }));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 1000})
    void uncompressedLengthThatIsNotExactIsFoundByReading(int difference) throws Exception {
        byte[] plain = "abc".repeat(1000).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = made.cipher().seal(Zstd.compress(plain));
        int told = plain.length + difference;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(sealed);
        PackBlobs pack =
                made.save(out, List.of(new PackedBlob(BlobType.DATA, id(plain), 0, sealed.length, told)), blob -> blob);
        byte[] root = tree(file("a", told, plain));
        made.index(pack, made.pack(BlobType.TREE, root));
        Snapshot snapshot = made.snapshot(id(root));
        CheckReport report = check(CheckScope.allData());
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("1 of its 1 blobs are damaged"));
        assertThat(report.hitSnapshots()).containsExactly(snapshot);
    }

    @Test
    void compressedEmptyBlobIsFoundByReading() throws Exception {
        byte[] sealed = made.cipher().seal(Zstd.compress(new byte[0]));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(sealed);
        made.index(made.save(
                out, List.of(new PackedBlob(BlobType.DATA, id(new byte[0]), 0, sealed.length, 0)), blob -> blob));
        assertThat(check(CheckScope.allData()).problems()).hasSize(1);
    }

    @Test
    void indexThatSwapsTwoBlobsIsFoundByReading() throws Exception {
        PackBlobs pack = made.pack(BlobType.DATA, bytes("one document"), bytes("two document"));
        PackedBlob one = pack.blobs().getFirst();
        PackedBlob two = pack.blobs().getLast();
        byte[] root = tree(file("a", 12, bytes("one document")));
        made.index(
                new PackBlobs(
                        pack.pack(),
                        List.of(
                                new PackedBlob(one.type(), two.id(), one.offset(), one.length(), 0),
                                new PackedBlob(two.type(), one.id(), two.offset(), two.length(), 0))),
                made.pack(BlobType.TREE, root));
        Snapshot snapshot = made.snapshot(id(root));
        CheckReport report = check(CheckScope.allData());
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("its header and the index name different blobs", "2 of its 2 blobs"));
        assertThat(report.hitSnapshots()).containsExactly(snapshot);
    }

    @Test
    void indexThatNamesOnlyAPartOfAPackIsFound() throws Exception {
        PackBlobs pack = made.pack(BlobType.DATA, ONE, TWO);
        made.index(new PackBlobs(pack.pack(), List.of(pack.blobs().getFirst())));
        assertThat(check(CheckScope.structure()).problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("bytes instead of", "all its 1 blobs are intact"));
    }

    @Test
    void gapBeforeTheFirstBlobIsFound() throws Exception {
        PackBlobs pack = made.pack(BlobType.DATA, List.of(ONE), 10, blob -> blob);
        made.index(pack);
        assertThat(check(CheckScope.structure()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("the pack is damaged"));
    }

    @Test
    void packSplitOverTwoIndexFilesIsANoteAndAPruneJoinsIt() throws Exception {
        PackBlobs pack = made.pack(BlobType.DATA, ONE, TWO, bytes("three"));
        byte[] root = tree(file("a", 28, ONE, TWO), file("b", 5, bytes("three")));
        made.index(new PackBlobs(pack.pack(), pack.blobs().subList(0, 1)), made.pack(BlobType.TREE, root));
        made.index(new PackBlobs(pack.pack(), pack.blobs().subList(1, 3)));
        made.snapshot(id(root));
        assertThat(check(CheckScope.allData()).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.NOTE);
            assertThat(finding.message()).contains("several index files");
        });
        try (Repository repository = Repository.open(store, PASSWORD)) {
            new Prune(repository, 0.05).execute(PackProgress.NONE);
        }
        assertThat(check(CheckScope.allData()).findings()).isEmpty();
        assertThat(store.list(FileType.INDEX)).hasSize(1);
    }

    @Test
    void samePackInTwoIndexFilesIsNothing() throws Exception {
        PackBlobs pack = made.pack(BlobType.DATA, ONE, TWO);
        made.index(pack);
        made.index(pack);
        assertThat(check(CheckScope.allData()).findings()).isEmpty();
    }

    @Test
    void folderAndContentInOnePackIsANoteAndAPruneSeparatesThem() throws Exception {
        byte[] root = tree(file("a", 12, ONE));
        List<PackedBlob> blobs = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] plain : List.of(root, ONE)) {
            byte[] sealed = made.cipher().seal(plain);
            BlobType type = blobs.isEmpty() ? BlobType.TREE : BlobType.DATA;
            blobs.add(new PackedBlob(type, id(plain), out.size(), sealed.length, 0));
            out.writeBytes(sealed);
        }
        made.index(made.save(out, blobs, blob -> blob));
        Snapshot snapshot = made.snapshot(id(root));
        assertThat(check(CheckScope.allData()).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.NOTE);
            assertThat(finding.message()).contains("both folders and content");
        });
        try (Repository repository = Repository.open(store, PASSWORD)) {
            new Prune(repository, 0.05).execute(PackProgress.NONE);
            assertThat(Contents.read(repository.read(snapshot), "a")).isEqualTo(ONE);
        }
        assertThat(store.list(FileType.DATA)).hasSize(2);
        assertThat(check(CheckScope.allData()).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"time\":\"2024-01-02T03:04:05Z\"}",
                "{\"time\":\"2024-01-02 03:04:05Z\",\"tree\":\"TREE\"}",
                "{\"time\":\"2024-01-02T03:04:05Z\",\"tree\":\"abc\"}"
            })
    void snapshotsThatSayTooLittleAreFoundAndHideNoOther(String json) throws Exception {
        byte[] root = tree(file("a", 12, ONE));
        write(root);
        made.snapshot(json.replace("TREE", id(root).hex()));
        CheckReport report = check(CheckScope.structure());
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.file()).startsWith("snapshots/"));
        assertThat(report.snapshots()).isEqualTo(1);
    }

    @Test
    void sameIdAsFolderAndAsContentIsTwoThings() throws Exception {
        byte[] root = tree();
        made.index(made.pack(BlobType.DATA, root));
        Snapshot snapshot = made.snapshot(id(root));
        assertThat(check(CheckScope.structure()).hitSnapshots()).containsExactly(snapshot);
    }
}
