package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.bson.IdKey;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.MemoryDump;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What a scan of a deployment finds whose states are known. */
final class SimulatedScan {
    /** The state after a number of entries. */
    interface StateAfter {
        State entries(int count) throws Exception;
    }

    private SimulatedScan() {}

    /** A dump of a state, taken while nothing changes. */
    static MemoryDump atRest(State state) {
        MemoryDump dump = new MemoryDump();
        state.collections().values().forEach(collection -> put(dump, collection.spec(), collection.documents()));
        return dump;
    }

    private static void put(MemoryDump dump, CollectionSpec spec, List<byte[]> documents) {
        dump.putMetadata(spec);
        if (spec.type() == CollectionSpec.Type.COLLECTION) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            documents.forEach(data::writeBytes);
            dump.put(DumpLayout.dataPath(spec.namespace()), data.toByteArray());
        }
    }

    /**
     * What a scan finds while entries {@code start} to {@code end} happen: the catalog of one moment, then every
     * collection as it was at a later one, the second half of it still later; what is dropped meanwhile ends there.
     */
    static MemoryDump scan(StateAfter stateAfter, int start, int end, Random random) throws Exception {
        int[] moments = random.ints(4, start, end + 1).sorted().toArray();
        State[] states = new State[moments.length];
        for (int i = 0; i < moments.length; i++) {
            states[i] = stateAfter.entries(moments[i]);
        }
        MemoryDump dump = new MemoryDump();
        for (State.Collection listed : states[0].collections().values()) {
            CollectionSpec spec = listed.spec();
            int first = random.nextInt(states.length);
            int second = first + random.nextInt(states.length - first);
            List<byte[]> documents = new ArrayList<>(half(states[first], spec, 0));
            documents.addAll(half(spec.capped() ? states[first] : states[second], spec, 1));
            put(dump, spec, documents);
        }
        return dump;
    }

    /** The documents of a collection whose {@code _id} falls into that half; for a capped one, all of them or none. */
    private static List<byte[]> half(State state, CollectionSpec spec, int half) {
        UUID uuid = spec.uuid();
        for (Map.Entry<Namespace, State.Collection> entry : state.collections().entrySet()) {
            if (uuid != null && uuid.equals(entry.getValue().spec().uuid())) {
                List<byte[]> documents = entry.getValue().documents();
                return spec.capped()
                        ? (half == 0 ? documents : List.of())
                        : documents.stream()
                                .filter(document -> (idHash(document) & 1) == half)
                                .toList();
            }
        }
        return List.of();
    }

    private static long idHash(byte[] document) {
        IdKey key = new IdKey();
        return key.readFrom(document, 0) ? key.hash() : 0;
    }
}
