package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.bson.BsonCursor;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

class InsertBatchTest {
    private static final BsonDocument HEAD = BsonDocument.parse("{insert: 'x', ordered: false, writeConcern: {w: 1}}");

    private final InsertBatch batch = new InsertBatch().open(HEAD);

    private void add(String json) {
        byte[] document = MemoryContent.encode(BsonDocument.parse(json));
        batch.add(document, 0, document.length);
    }

    @Test
    void theCommandIsWhatADriverWouldHaveWritten() {
        for (int i = 0; i < 12; i++) {
            add("{_id: " + i + ", a: {b: [1, 2]}}");
        }
        BsonArray documents = new BsonArray();
        for (int i = 0; i < 12; i++) {
            documents.add(BsonDocument.parse("{_id: " + i + ", a: {b: [1, 2]}}"));
        }
        BsonDocument expected = HEAD.clone().append("documents", documents);
        assertThat(batch.command(false)).isEqualTo(new RawBsonDocument(MemoryContent.encode(expected)));
        assertThat(batch.command(true).getBoolean("bypassEmptyTsReplacement").getValue())
                .isTrue();
        assertThat(batch.command(false)).isEqualTo(new RawBsonDocument(MemoryContent.encode(expected)));
    }

    @Test
    void aDocumentComesBackByteForByte() {
        byte[] odd = MemoryContent.encode(BsonDocument.parse("{_id: 1, '': {'': {$numberDouble: 'NaN'}}, '$a.b': 2}"));
        add("{_id: 0}");
        batch.add(odd, 0, odd.length);
        assertThat(MemoryContent.encode(batch.document(1))).isEqualTo(odd);
    }

    @Test
    void openedAgainItIsEmpty() {
        add("{_id: 1}");
        batch.markEmptyTimestamp();
        batch.open(HEAD);
        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.hasEmptyTimestamps()).isFalse();
        assertThat(batch.command(false).getArray("documents")).isEmpty();
    }

    @Test
    void itIsFullAfterAThousandDocumentsOrFourMebibytesAndTakesALargerOneAlone() {
        assertThat(batch.isFullFor(16 * 1024 * 1024)).isFalse();
        for (int i = 0; i < 1000; i++) {
            assertThat(batch.isFullFor(10)).isFalse();
            add("{_id: " + i + "}");
        }
        assertThat(batch.isFullFor(10)).isTrue();
        batch.open(HEAD);
        byte[] large = MemoryContent.encode(
                new BsonDocument("_id", new BsonInt32(1)).append("data", new BsonBinary(new byte[3 * 1024 * 1024])));
        batch.add(large, 0, large.length);
        assertThat(batch.isFullFor(100)).isFalse();
        assertThat(batch.isFullFor(large.length)).isTrue();
    }

    @Test
    void onlyEmptyTimestampsInTheTopLevelAreReplacedByServersAndNotThatOfId() {
        assertThat(isReplaced("{_id: 1, t: {$timestamp: {t: 0, i: 0}}}")).isTrue();
        assertThat(isReplaced("{_id: 1, t: {$timestamp: {t: 0, i: 1}}}")).isFalse();
        assertThat(isReplaced("{_id: 1, a: {t: {$timestamp: {t: 0, i: 0}}}}")).isFalse();
        assertThat(isReplaced("{_id: {$timestamp: {t: 0, i: 0}}}")).isFalse();
        assertThat(isReplaced("{_id: 1, d: {$date: {$numberLong: '0'}}}")).isFalse();
    }

    private static boolean isReplaced(String json) {
        return EmptyTimestamps.isIn(new BsonCursor(), MemoryContent.encode(BsonDocument.parse(json)), 0);
    }
}
