package com.foodxchange.dr.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeCodecTest {
    private static final Instant TIME = Instant.parse("2024-01-02T03:04:05.1200Z");

    @Test
    void namesTheEmptyTreeAsResticDoes() {
        byte[] text = TreeCodec.write(List.of());
        assertThat(text).asString(UTF_8).isEqualTo("{\"nodes\":[]}\n");
        assertThat(Sha256.hash(text, 0, text.length))
                .hasToString("ac08ce34ba4f8123618661bef2425f7028ffb9ac740578a3ee88684d2523fee8");
    }

    @Test
    void writesMembersInTheOrderOfResticAndEntriesSortedByTheBytesOfTheirNames() {
        BlobId id = BlobId.parse("ab".repeat(32));
        BlobIdList content = new BlobIdList();
        content.add(id);
        String times = "\"mtime\":\"2024-01-02T03:04:05.12Z\",\"atime\":\"2024-01-02T03:04:05.12Z\","
                + "\"ctime\":\"2024-01-02T03:04:05.12Z\",\"uid\":0,\"gid\":0";
        assertThat(TreeCodec.write(List.of(
                        TreeNode.file("\uffff", TIME, 0, new BlobIdList()),
                        TreeNode.file("\ud83d\ude00", TIME, 5, content),
                        TreeNode.folder("Z", TIME, id))))
                .asString(UTF_8)
                .isEqualTo("{\"nodes\":["
                        + "{\"name\":\"Z\",\"type\":\"dir\",\"mode\":2147484096," + times
                        + ",\"content\":null,\"subtree\":\"" + id + "\"},"
                        + "{\"name\":\"\\\\uffff\",\"type\":\"file\",\"mode\":384," + times + ",\"content\":[]},"
                        + "{\"name\":\"\ud83d\ude00\",\"type\":\"file\",\"mode\":384," + times
                        + ",\"size\":5,\"content\":[\"" + id + "\"]}]}\n");
    }

    @Test
    void readsWhatItWrote() throws Exception {
        BlobIdList content = new BlobIdList();
        content.add(BlobId.parse("cd".repeat(32)));
        content.add(BlobId.parse("ef".repeat(32)));
        List<TreeNode> nodes = List.of(
                TreeNode.file("a \"<>&\\\n", TIME, 12, content),
                TreeNode.file("b", TIME, 0, new BlobIdList()),
                TreeNode.folder("c", TIME, BlobId.parse("01".repeat(32))));
        assertThat(TreeCodec.read(TreeCodec.write(nodes))).isEqualTo(nodes);
    }

    @ParameterizedTest
    @CsvSource({
        "say \"hi\", say \\\\\\\"hi\\\\\\\"",
        "a\\b, a\\\\\\\\b",
        "<&>, \\u003c\\u0026\\u003e",
    })
    void quotesNamesAsGoAndThenAsJson(String name, String onDisk) throws Exception {
        byte[] text = TreeCodec.write(List.of(TreeNode.file(name, TIME, 0, new BlobIdList())));
        assertThat(text).asString(UTF_8).contains("\"name\":\"" + onDisk + "\"");
        assertThat(TreeCodec.read(text).getFirst().name()).isEqualTo(name);
    }

    @Test
    void quotesWhatCannotBePrinted() throws Exception {
        assertThat(GoQuote.quote("\t\u007f\u00a0\u200bü\ud83d\ude00\u0001\u000b"))
                .isEqualTo("\\t\\x7f\\u00a0\\u200bü\ud83d\ude00\\x01\\v");
        assertThat(GoQuote.unquote("\\t\\x7f\\u00a0\\u200b\\U0001f600\\101\\v"))
                .isEqualTo("\t\u007f\u00a0\u200b\ud83d\ude00A\u000b");
        assertThat(GoQuote.unquote("no \\xff UTF-8")).isEqualTo("no \\xff UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nodes\":[{\"name\":\"a/b\",\"type\":\"file\",\"content\":[]}]}",
                "{\"nodes\":[{\"name\":\"..\",\"type\":\"file\",\"content\":[]}]}",
                "{\"nodes\":[{\"name\":\"\",\"type\":\"file\",\"content\":[]}]}",
                "{\"nodes\":[{\"name\":\"a\\\\x00\",\"type\":\"file\",\"content\":[]}]}",
                "{\"nodes\":[{\"name\":\"bare \\\"\",\"type\":\"file\",\"content\":[]}]}",
                "{\"nodes\":[{\"name\":\"a\\\\\",\"type\":\"file\",\"content\":[]}]}",
                "{\"nodes\":[{\"name\":\"a\\\\u00\",\"type\":\"file\",\"content\":[]}]}",
                "{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":null}]}",
                "{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[\"12\"]}]}",
                "{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[],\"size\":-1}]}",
                "{\"nodes\":[{\"name\":\"a\",\"type\":\"dir\"}]}",
                "{\"nodes\":[{\"name\":\"a\",\"type\":\"fifo\"},{\"name\":\"a\",\"type\":\"fifo\"}]}",
                "{\"nodes\":[",
                "{\"nodes\":{}}",
                "{} x",
                "[]",
                "",
            })
    void refusesWhatNoFileCanBe(String text) {
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> TreeCodec.read(text.getBytes(UTF_8)));
    }

    @Test
    void skipsWhatItDoesNotKnow() throws Exception {
        String text = "{\"x\":{\"y\":[1]},\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[],"
                + "\"extended_attributes\":[{\"name\":\"n\",\"value\":\"dg==\"}],\"mtime\":\"2024-01-02T04:04:05.12+01:00\"}]}";
        assertThat(TreeCodec.read(text.getBytes(UTF_8))).containsExactly(TreeNode.file("a", TIME, 0, new BlobIdList()));
    }
}
