package com.foodxchange.dr.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotCodecTest {
    private static final String ID = "ab".repeat(32);
    private static final String PARENT = "cd".repeat(32);
    private static final BlobId TREE = BlobId.parse("ef".repeat(32));
    private static final Instant TIME = Instant.parse("2024-01-02T03:04:05.060700Z");

    @Test
    void writesMembersInTheOrderOfResticAndLeavesEmptyOnesOut() {
        SnapshotSummary summary = new SnapshotSummary(TIME, TIME, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Snapshot full = new Snapshot(
                ID, TIME, PARENT, TREE, List.of("/a", "/b"), "h", "u", List.of("x:<y>"), PARENT, "v", summary);
        assertThat(SnapshotCodec.write(full))
                .asString(UTF_8)
                .isEqualTo("{\"time\":\"2024-01-02T03:04:05.0607Z\",\"parent\":\"" + PARENT + "\",\"tree\":\"" + TREE
                        + "\",\"paths\":[\"/a\",\"/b\"],\"hostname\":\"h\",\"username\":\"u\","
                        + "\"tags\":[\"x:\\u003cy\\u003e\"],\"original\":\"" + PARENT + "\",\"program_version\":\"v\","
                        + "\"summary\":{\"backup_start\":\"2024-01-02T03:04:05.0607Z\","
                        + "\"backup_end\":\"2024-01-02T03:04:05.0607Z\",\"files_new\":1,\"files_changed\":2,"
                        + "\"files_unmodified\":3,\"dirs_new\":4,\"dirs_changed\":5,\"dirs_unmodified\":6,"
                        + "\"data_blobs\":7,\"tree_blobs\":8,\"data_added\":9,\"data_added_packed\":10,"
                        + "\"total_files_processed\":11,\"total_bytes_processed\":12}}");
        Snapshot bare = new Snapshot(ID, TIME, null, TREE, List.of("/a"), "", "", List.of(), null, null, null);
        assertThat(SnapshotCodec.write(bare))
                .asString(UTF_8)
                .isEqualTo("{\"time\":\"2024-01-02T03:04:05.0607Z\",\"tree\":\"" + TREE + "\",\"paths\":[\"/a\"]}");
    }

    @Test
    void readsWhatItWroteAndWhatOthersWrite() throws Exception {
        SnapshotSummary summary = new SnapshotSummary(TIME, TIME, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Snapshot full =
                new Snapshot(ID, TIME, PARENT, TREE, List.of("/a", "/b"), "h", "u", List.of("x"), PARENT, "v", summary);
        assertThat(SnapshotCodec.read(ID, SnapshotCodec.write(full))).isEqualTo(full);
        String other = "{\"time\":\"2024-01-02T04:04:05.0607+01:00\",\"tree\":\""
                + TREE.hex().toUpperCase(Locale.ROOT)
                + "\",\"paths\":null,\"tags\":null,\"uid\":1000,\"unknown\":[{\"a\":[1]}],\"excludes\":[\"x\"]}";
        assertThat(SnapshotCodec.read(ID, other.getBytes(UTF_8)))
                .isEqualTo(new Snapshot(ID, TIME, null, TREE, List.of(), "", "", List.of(), null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"time\":\"2024-01-02T03:04:05Z\"}",
                "{\"time\":\"2024-01-02 03:04:05Z\",\"tree\":\"TREE\"}",
                "{\"time\":\"yesterday\",\"tree\":\"TREE\"}",
                "{\"time\":7,\"tree\":\"TREE\"}",
                "{\"time\":\"2024-01-02T03:04:05Z\",\"tree\":\"12\"}",
                "{\"time\":\"2024-01-02T03:04:05Z\",\"tree\":\"TREE\",\"paths\":\"a\"}",
                "{\"time\":\"2024-01-02T03:04:05Z\",\"tree\":\"TREE\"",
                "",
            })
    void refusesWhatIsNoSnapshot(String text) {
        byte[] bytes = text.replace("TREE", TREE.hex()).getBytes(UTF_8);
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> SnapshotCodec.read(ID, bytes));
    }

    @Test
    void writesKeyFilesWithTheMembersOfRestic() throws Exception {
        KeyFile key = new KeyFile(TIME, "ann", "host", 2, 8, 1, "A".repeat(84) + "AA==", "AAAA");
        assertThat(key.write())
                .asString(UTF_8)
                .isEqualTo("{\"created\":\"2024-01-02T03:04:05.0607Z\",\"username\":\"ann\",\"hostname\":\"host\","
                        + "\"kdf\":\"scrypt\",\"N\":2,\"r\":8,\"p\":1,\"salt\":\"" + "A".repeat(84)
                        + "AA==\",\"data\":\"AAAA\"}");
        assertThat(KeyFile.read(key.write())).isEqualTo(key);
    }
}
