package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.restore.RestoreReport.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Documents come back byte for byte, whatever is in them. */
class RoundTripTest {
    private static TestTarget target;

    @BeforeAll
    static void start() throws Exception {
        target = TestTarget.start();
    }

    @AfterAll
    static void stop() {
        target.close();
    }

    private static MemoryContent content(String namespace, List<byte[]> documents) {
        return new MemoryContent(MemoryContent.collection(target.name(namespace), "{}"), documents);
    }

    @Test
    void everyOddDocumentComesBackByteForByte() throws Exception {
        List<byte[]> documents = OddDocuments.all();
        RestoreReport report = target.restore().run(List.of(content("odd.documents", documents)));
        assertThat(report.findings()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(sorted(target.documents("odd.documents").stream()
                        .map(RoundTripTest::bytes)
                        .toList()))
                .isEqualTo(sorted(documents));
        assertThat(report.documents()).isEqualTo(documents.size());
        assertThat(report.bytes())
                .isEqualTo(documents.stream().mapToLong(d -> d.length).sum());
    }

    private static byte[] bytes(RawBsonDocument document) {
        byte[] bytes = new byte[document.getByteBuffer().remaining()];
        document.getByteBuffer().get(bytes);
        return bytes;
    }

    private static List<String> sorted(List<byte[]> documents) {
        return documents.stream().map(RoundTripTest::show).sorted().toList();
    }

    private static String show(byte[] document) {
        return document.length > 10_000
                ? document.length + " bytes, hash " + Arrays.hashCode(document)
                : Arrays.toString(document);
    }

    @Test
    void aDocumentAboveTheServersLimitIsReportedAndTheOthersAreRestored() throws Exception {
        List<byte[]> documents = List.of(OddDocuments.large(1, 100), OddDocuments.large(2, OddDocuments.LARGEST + 1));
        RestoreReport report = target.restore().run(List.of(content("large.documents", documents)));
        assertThat(report.collections().getFirst().verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(report.complete()).isFalse();
        assertThat(report.findings())
                .containsExactly(new Finding(
                        Finding.Severity.PROBLEM,
                        target.name("large.documents"),
                        "1 document could not be inserted: it is larger than 16 MiB"));
        assertThat(target.documents("large.documents")).hasSize(1);
    }

    @Test
    void manyCollectionsOfManySizesComeBackInTheOrderAskedFor() throws Exception {
        List<CollectionContent> contents = new ArrayList<>();
        for (int size : List.of(0, 1, 999, 1000, 1001, 5000)) {
            List<byte[]> documents = new ArrayList<>();
            for (int id = 0; id < size; id++) {
                documents.add(OddDocuments.large(id, 40 + id % 2000));
            }
            contents.add(content("sizes.s" + (9999 - size), documents));
        }
        RestoreReport report = target.restore().run(contents);
        assertThat(report.complete()).isTrue();
        assertThat(report.collections())
                .extracting(result -> result.namespace())
                .containsExactlyElementsOf(contents.stream()
                        .map(content -> content.spec().namespace())
                        .toList());
        assertThat(report.collections())
                .extracting(result -> result.readBack())
                .containsExactlyElementsOf(contents.stream()
                        .map(content -> ((MemoryContent) content).hash())
                        .toList());
    }
}
