package com.foodxchange.dr.mongo.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** A whole deployment in memory: what each collection is, and its documents. */
record State(Map<Namespace, Collection> collections) {
    record Collection(CollectionSpec spec, List<byte[]> documents) {}

    /** What a merge delivers; findings are not expected. */
    static State merge(
            DumpSource base,
            @Nullable OpTime scanFrom,
            @Nullable OpTime consistentAt,
            List<DumpSource> slices,
            @Nullable BsonTimestamp target,
            Path spill)
            throws IOException, InterruptedException {
        MergeRequest request = new MergeRequest(base, scanFrom, consistentAt, slices, target, Set.of(), spill, 1 << 20);
        try (MergedState merged = Merge.open(request)) {
            State state = read(merged);
            assertThat(merged.findings()).isEmpty();
            return state;
        }
    }

    private static State read(MergedState merged) throws IOException, InterruptedException {
        Map<Namespace, Collection> collections = new TreeMap<>();
        for (CollectionContent content : merged.contents()) {
            List<byte[]> documents = new ArrayList<>();
            content.forEach(
                    (buffer, offset, length) -> documents.add(Arrays.copyOfRange(buffer, offset, offset + length)));
            collections.put(content.spec().namespace(), new Collection(content.spec(), documents));
        }
        return new State(collections);
    }

    /** The same, its indexes in the order of their names: while a scan goes on, the order of the builds gets lost. */
    State withIndexesByName() {
        Map<Namespace, Collection> sorted = new TreeMap<>();
        collections.forEach((namespace, collection) -> {
            CollectionSpec spec = collection.spec;
            List<BsonDocument> indexes = new ArrayList<>(spec.indexes());
            indexes.sort(Comparator.comparing(index -> index.getString("name")));
            sorted.put(
                    namespace,
                    new Collection(
                            new CollectionSpec(namespace, spec.type(), spec.uuid(), spec.options(), indexes),
                            collection.documents));
        });
        return new State(sorted);
    }

    /** Fails unless both hold the same collections, options, indexes, views and documents, byte for byte. */
    void assertSameAs(State expected) {
        assertThat(collections.keySet()).isEqualTo(expected.collections.keySet());
        expected.collections.forEach((namespace, other) -> {
            Collection mine = Objects.requireNonNull(collections.get(namespace));
            assertThat(mine.spec).as("what %s is", namespace).isEqualTo(other.spec);
            assertThat(mine.spec.options().toJson())
                    .as("options of %s, in order", namespace)
                    .isEqualTo(other.spec.options().toJson());
            assertSameDocuments(namespace, comparable(mine), comparable(other));
        });
    }

    /** Says which documents differ instead of showing all of them. */
    private static void assertSameDocuments(Namespace namespace, List<String> mine, List<String> expected) {
        if (!mine.equals(expected)) {
            List<String> missing = new ArrayList<>(expected);
            mine.forEach(missing::remove);
            List<String> surplus = new ArrayList<>(mine);
            expected.forEach(surplus::remove);
            assertThat(show(surplus)).as("documents of %s", namespace).isEqualTo(show(missing));
            fail("the documents of %s are the same but in another order", namespace);
        }
    }

    private static List<String> show(List<String> documents) {
        return documents.stream()
                .limit(3)
                .map(document -> new RawBsonDocument(document.getBytes(StandardCharsets.ISO_8859_1)).toJson())
                .map(json -> json.substring(0, Math.min(1000, json.length())))
                .toList();
    }

    /** Natural order counts for capped collections alone. */
    private static List<String> comparable(Collection collection) {
        List<String> documents = new ArrayList<>();
        collection.documents.forEach(document -> documents.add(new String(document, StandardCharsets.ISO_8859_1)));
        if (!collection.spec.capped()) {
            documents.sort(null);
        }
        return documents;
    }
}
