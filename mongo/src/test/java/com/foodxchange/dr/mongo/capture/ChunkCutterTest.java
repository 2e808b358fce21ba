package com.foodxchange.dr.mongo.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.bson.BsonCursor;
import com.foodxchange.dr.mongo.dump.DumpSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

final class ChunkCutterTest {
    private static byte[] document(int id, int padding) {
        byte[] content = new byte[padding];
        new Random(id).nextBytes(content);
        return bytes(new BsonDocument("_id", new BsonInt32(id)).append("content", new BsonBinary(content)));
    }

    private static byte[] bytes(BsonDocument document) {
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        byte[] bytes = new byte[raw.getByteBuffer().remaining()];
        raw.getByteBuffer().get(bytes);
        return bytes;
    }

    private static List<byte[]> documents(int count, int padding) {
        List<byte[]> documents = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            documents.add(document(id, padding));
        }
        return documents;
    }

    private static List<byte[]> cut(List<byte[]> documents) throws Exception {
        ChunkSink sink = new ChunkSink();
        try (DumpSink.Part part = sink.create("file").nextPart()) {
            ChunkCutter cutter = new ChunkCutter(part);
            for (byte[] document : documents) {
                cutter.accept(document, 0, document.length);
            }
            cutter.finish();
            assertThat(cutter.hash().value().count()).isEqualTo(documents.size());
            assertThat(cutter.chunks()).isEqualTo(sink.chunks("file").size());
        }
        return sink.chunks("file");
    }

    private static Set<String> distinct(List<byte[]> chunks) {
        Set<String> distinct = new HashSet<>();
        chunks.forEach(chunk -> distinct.add(Arrays.hashCode(chunk) + "," + chunk.length));
        return distinct;
    }

    @Test
    void documentsStayWholeAndInOrder() throws Exception {
        List<byte[]> documents = documents(10_000, 500);
        int next = 0;
        for (byte[] chunk : cut(documents)) {
            for (int at = 0; at < chunk.length; ) {
                int length = BsonCursor.documentLength(chunk, at, chunk.length);
                assertThat(Arrays.copyOfRange(chunk, at, at + length)).isEqualTo(documents.get(next++));
                at += length;
            }
        }
        assertThat(next).isEqualTo(documents.size());
    }

    @Test
    void chunksKeepTheirBoundsAndAreOfOneMebibyteOnAverageWhateverTheSizeOfTheDocuments() throws Exception {
        for (int padding : List.of(50, 1000, 20_000, 200_000)) {
            List<byte[]> chunks = cut(documents(40_000_000 / (padding + 40), padding));
            chunks.subList(0, chunks.size() - 1)
                    .forEach(chunk -> assertThat(chunk.length).isBetween(ChunkCutter.MIN, ChunkCutter.MAX));
            double average =
                    chunks.stream().mapToInt(chunk -> chunk.length).average().orElseThrow();
            assertThat(average).as("documents of %d bytes", padding).isBetween(0.7e6, 1.7e6);
        }
    }

    @Test
    void changesLeaveTheChunksOfOtherDocumentsAsTheyWere() throws Exception {
        List<byte[]> documents = documents(40_000, 1000);
        Set<String> before = distinct(cut(documents));
        documents.set(10_000, document(10_000, 1700));
        documents.remove(20_000);
        documents.add(30_000, document(-1, 900));
        Set<String> after = distinct(cut(documents));

        Set<String> fresh = new HashSet<>(after);
        fresh.removeAll(before);
        assertThat(before).hasSizeGreaterThan(25);
        assertThat(fresh).hasSizeBetween(1, 9);
    }

    @Test
    void aRangeThatBeginsWhereAChunkBeginsHasTheChunksOfTheWhole() throws Exception {
        List<byte[]> documents = documents(20_000, 1000);
        List<byte[]> whole = cut(documents);
        int begin = 0;
        for (int at = 0; at < 4; at++) {
            begin += whole.get(at).length / documents.getFirst().length;
        }
        List<byte[]> parts = new ArrayList<>(cut(documents.subList(0, begin)));
        parts.addAll(cut(documents.subList(begin, documents.size())));
        assertThat(distinct(parts)).isEqualTo(distinct(whole));
    }

    @Test
    void aDocumentLargerThanAnyChunkIsAChunkOfItsOwn() throws Exception {
        List<byte[]> documents = List.of(document(1, 10), document(2, 16 << 20), document(3, 10));
        assertThat(cut(documents)).extracting(chunk -> chunk.length).contains(documents.get(1).length);
    }

    @Test
    void documentsWithoutAnIdAreCutByTheLargestSizeAlone() throws Exception {
        byte[] document = bytes(new BsonDocument("a", new BsonString("x".repeat(1000))));
        List<byte[]> documents = new ArrayList<>();
        for (int at = 0; at < 20_000; at++) {
            documents.add(document);
        }
        assertThat(cut(documents))
                .first()
                .extracting(chunk -> chunk.length > 7 << 20)
                .isEqualTo(true);
    }
}
