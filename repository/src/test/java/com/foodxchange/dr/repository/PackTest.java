package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackTest {
    private final MasterKey key = MasterKey.random();
    private final MessageCipher cipher = new MessageCipher(key);
    private final Random random = new Random(5);

    private PackBuilder pack(BlobCodec codec, int blobs) {
        PackBuilder pack = new PackBuilder();
        for (int i = 0; i < blobs; i++) {
            byte[] plain = Contents.bytes(random, 1 + random.nextInt(3000));
            int sealed = codec.seal(plain, plain.length);
            pack.add(BlobType.DATA, codec.hash(plain, 0, plain.length), plain.length, codec.sealed(), sealed);
        }
        return pack;
    }

    @Test
    void saysItselfWhatIsInIt() throws Exception {
        try (BlobCodec codec = new BlobCodec(key)) {
            for (int blobs : new int[] {1, 7, 900}) {
                PackBuilder pack = pack(codec, blobs);
                PackBlobs finished = pack.finish(cipher, codec);
                assertThat(finished.blobs()).hasSize(blobs);
                assertThat(finished.size()).isEqualTo(pack.length());
                MemoryBlobStore store = new MemoryBlobStore();
                store.save(PackReader.handle(finished.pack()), pack.bytes(), pack.length());
                assertThat(new PackReader(store, cipher).blobs(finished.pack(), pack.length()))
                        .isEqualTo(finished.blobs());
            }
        }
    }

    @Test
    void neverLeavesMemoryWhenItsBlobsDoNotComeBack() throws Exception {
        try (BlobCodec codec = new BlobCodec(key)) {
            for (int round = 0; round < 50; round++) {
                PackBuilder pack = pack(codec, 3);
                pack.bytes()[random.nextInt(pack.length())] ^= (byte) (1 << random.nextInt(8));
                assertThatExceptionOfType(FormatException.class).isThrownBy(() -> pack.finish(cipher, codec));
            }
            PackBuilder wrongId = new PackBuilder();
            byte[] plain = {1, 2, 3};
            int sealed = codec.seal(plain, plain.length);
            wrongId.add(BlobType.DATA, codec.hash(plain, 0, 2), plain.length, codec.sealed(), sealed);
            assertThatExceptionOfType(FormatException.class).isThrownBy(() -> wrongId.finish(cipher, codec));
            PackBuilder wrongLength = new PackBuilder();
            wrongLength.add(BlobType.DATA, codec.hash(plain, 0, 3), 4, codec.sealed(), sealed);
            assertThatExceptionOfType(FormatException.class).isThrownBy(() -> wrongLength.finish(cipher, codec));
        }
    }

    @Test
    void noticesEveryChangedOrMissingByteOfItsHeader() throws Exception {
        try (BlobCodec codec = new BlobCodec(key)) {
            PackBuilder pack = pack(codec, 4);
            int start = pack.length();
            pack.finish(cipher, codec);
            byte[] bytes = Arrays.copyOf(pack.bytes(), pack.length());
            for (int i = start; i < bytes.length; i++) {
                byte[] changed = bytes.clone();
                changed[i] ^= 1;
                assertThatExceptionOfType(FormatException.class)
                        .isThrownBy(() -> PackReader.blobs(cipher, changed, changed.length));
            }
            for (int length = 0; length < bytes.length; length++) {
                int cut = length;
                assertThatExceptionOfType(FormatException.class).isThrownBy(() -> PackReader.blobs(cipher, bytes, cut));
            }
        }
    }

    @Test
    void readsRawAndEmptyBlobsOfOtherWriters() throws Exception {
        PackedBlob raw = new PackedBlob(BlobType.TREE, BlobId.parse("ab".repeat(32)), 0, 50, 0);
        PackedBlob packed = new PackedBlob(BlobType.DATA, BlobId.parse("cd".repeat(32)), 50, 40, 9);
        byte[] header = PackHeader.encode(List.of(raw, packed));
        assertThat(header).hasSize(37 + 41);
        assertThat(header[0]).isEqualTo((byte) 1);
        assertThat(header[37]).isEqualTo((byte) 2);
        assertThat(PackHeader.decode(header, 90)).containsExactly(raw, packed);
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> PackHeader.decode(header, 91));
        try (BlobCodec codec = new BlobCodec(key)) {
            byte[] empty = cipher.seal(new byte[0]);
            PackedBlob blob = new PackedBlob(BlobType.DATA, Sha256.hash(empty, 0, 0), 0, empty.length, 0);
            assertThat(codec.open(blob, empty, 0)).isEmpty();
        }
    }
}
