package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTest {
    private final Random random = new Random(3);

    private BlobId id() {
        return new BlobId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** Packs whose blobs are partly the same, of both types, with offsets up to the limit of the format. */
    private List<PackBlobs> packs(int count, int blobs) {
        List<BlobId> some = new ArrayList<>();
        List<PackBlobs> packs = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            List<PackedBlob> inPack = new ArrayList<>();
            long offset = random.nextBoolean() ? 0 : 0xf000_0000L;
            for (int b = 0; b < blobs; b++) {
                BlobId id = some.isEmpty() || random.nextInt(4) > 0 ? id() : some.get(random.nextInt(some.size()));
                some.add(id);
                BlobType type = random.nextBoolean() ? BlobType.DATA : BlobType.TREE;
                int length = 33 + random.nextInt(1000);
                inPack.add(new PackedBlob(type, id, offset, length, random.nextInt(2) * random.nextInt(5000)));
                offset += length;
            }
            packs.add(new PackBlobs(id(), inPack));
        }
        return packs;
    }

    private record Key(BlobType type, BlobId id) {}

    @Test
    void findsEveryPlaceOfEveryBlob() {
        Index index = new Index();
        Map<Key, Set<Index.Location>> model = new HashMap<>();
        List<PackBlobs> packs = packs(300, 200);
        for (PackBlobs pack : packs) {
            index.add(pack);
            pack.blobs()
                    .forEach(blob -> model.computeIfAbsent(new Key(blob.type(), blob.id()), key -> new HashSet<>())
                            .add(new Index.Location(pack.pack(), blob)));
        }
        packs.forEach(index::add); // named by two index files

        assertThat(index.size()).isEqualTo(60_000);
        model.forEach((key, places) -> {
            assertThat(index.locations(key.type(), key.id())).containsExactlyInAnyOrderElementsOf(places);
            BlobType other = key.type() == BlobType.DATA ? BlobType.TREE : BlobType.DATA;
            assertThat(index.contains(other, key.id())).isEqualTo(model.containsKey(new Key(other, key.id())));
        });
        assertThat(index.contains(BlobType.DATA, id())).isFalse();
        Map<BlobId, Long> sizes = new HashMap<>();
        index.forEachPack(sizes::put);
        packs.forEach(pack -> assertThat(sizes).containsEntry(pack.pack(), pack.size()));
    }

    @Test
    void joinsThePartsOfAPackThatTwoIndexFilesName() {
        PackBlobs pack = packs(1, 10).getFirst();
        Index index = new Index();
        index.add(new PackBlobs(pack.pack(), pack.blobs().subList(0, 4)));
        index.add(new PackBlobs(pack.pack(), pack.blobs().subList(2, 10)));
        assertThat(index.size()).isEqualTo(10);
        index.forEachPack((id, size) -> assertThat(size).isEqualTo(pack.size()));
    }

    @Test
    void survivesItsFile() throws Exception {
        List<PackBlobs> packs = packs(20, 20);
        byte[] text = IndexCodec.write(packs);
        assertThat(IndexCodec.read(text)).isEqualTo(packs);
        assertThat(text)
                .asString(StandardCharsets.UTF_8)
                .startsWith("{\"packs\":[{\"id\":\"")
                .endsWith("]}]}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"packs\":[{\"blobs\":[]}]}",
                "{\"packs\":[{\"id\":\"12\",\"blobs\":[]}]}",
                "{\"packs\":[{\"id\":\"ID\",\"blobs\":[{\"id\":\"ID\",\"type\":\"odd\",\"offset\":0,\"length\":40}]}]}",
                "{\"packs\":[{\"id\":\"ID\",\"blobs\":[{\"id\":\"ID\",\"type\":\"data\",\"offset\":-1,\"length\":40}]}]}",
                "{\"packs\":[{\"id\":\"ID\",\"blobs\":[{\"id\":\"ID\",\"type\":\"data\",\"offset\":0,\"length\":31}]}]}",
                "{\"packs\":[{\"id\":\"ID\",\"blobs\":[{\"id\":\"ID\",\"type\":\"data\",\"offset\":4294967295,\"length\":40}]}]}",
                "{\"packs\":[{\"id\":\"ID\",\"blobs\":[{\"id\":\"ID\",\"type\":\"data\",\"offset\":0,\"length\":99999999999999999999}]}]}",
                "{\"packs\":[{\"id\":\"ID\",\"blobs\":[{\"id\":\"ID\",\"type\":\"data\",\"offset\":0.5,\"length\":40}]}]}",
                "{\"packs\":[{\"id\":\"ID\"",
            })
    void refusesImpossiblePlaces(String text) {
        byte[] bytes = text.replace("ID", "ab".repeat(32)).getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> IndexCodec.read(bytes));
    }

    @Test
    void readsTheIndexFilesOfEarlierVersionsOfRestic() throws Exception {
        String text = "{\"supersedes\":[\"" + "ab".repeat(32) + "\"],\"packs\":[]}";
        assertThat(IndexCodec.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void writesAFileWhenPacksHaveManyBlobsOrWaitedFiveMinutes() throws Exception {
        MemoryBlobStore store = new MemoryBlobStore();
        Instant[] now = {Instant.EPOCH};
        Index index = new Index();
        RepositoryFiles files = new RepositoryFiles(store, MasterKey.random());
        IndexBuilder builder = new IndexBuilder(files, index, () -> now[0], () -> {});
        builder.add(packs(1, 30_000).getFirst());
        builder.add(packs(1, 20_000).getFirst());
        assertThat(store.list(FileType.INDEX)).isEmpty();
        builder.add(packs(1, 1).getFirst());
        assertThat(store.list(FileType.INDEX)).hasSize(1);
        assertThat(index.size()).isEqualTo(50_000);
        now[0] = now[0].plus(IndexBuilder.MAX_AGE).plusSeconds(1);
        builder.add(packs(1, 1).getFirst());
        assertThat(index.size()).isEqualTo(50_001);
        builder.save();
        builder.save();
        assertThat(store.list(FileType.INDEX)).hasSize(3);
        assertThat(index.size()).isEqualTo(50_002);
    }

    @Test
    void tellsNewIdsFromKnownOnes() {
        BlobIdSet ids = new BlobIdSet();
        Set<BlobId> model = new HashSet<>();
        List<BlobId> all = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            BlobId id = all.isEmpty() || random.nextBoolean() ? id() : all.get(random.nextInt(all.size()));
            all.add(id);
            assertThat(ids.add(id)).isEqualTo(model.add(id));
        }
    }
}
