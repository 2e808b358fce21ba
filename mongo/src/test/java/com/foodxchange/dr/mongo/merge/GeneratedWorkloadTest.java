package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.dump.MemoryDump;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever is done, and whenever it is scanned, every moment comes out as a plain model of a server has it. */
class GeneratedWorkloadTest {
    static final List<Long> SEEDS = new Random(42).longs(150).boxed().toList();

    private static final int STEPS = 400;
    private static final OpTime BEFORE = OpTime.of(900, 1, 1);

    @TempDir
    private static Path directory;

    @ParameterizedTest
    @FieldSource("SEEDS")
    void everyMomentComesOutWhateverTheScanMet(long seed) throws Exception {
        GeneratedWorkload workload = new GeneratedWorkload(seed, STEPS);
        List<byte[]> entries = workload.entries();
        int size = entries.size();
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            int start = random.nextInt(size);
            int end = start + random.nextInt(Math.min(size - start, 100) + 1);
            MemoryDump base = SimulatedScan.scan(workload::stateAfter, start, end, random);
            int target = Math.max(1, end + random.nextInt(size - end + 1));
            int cut = random.nextInt(size);
            State.merge(
                            base,
                            opTime(entries, start - 1),
                            opTime(entries, end - 1),
                            List.of(slice(entries, 0, cut), slice(entries, cut, size)),
                            new BsonTimestamp(ts(entries, target - 1)),
                            directory)
                    .withIndexesByName()
                    .assertSameAs(workload.stateAfter(target).withIndexesByName());
        }
    }

    private static DumpSource slice(List<byte[]> entries, int from, int to) {
        ByteArrayOutputStream oplog = new ByteArrayOutputStream();
        entries.subList(from, to).forEach(oplog::writeBytes);
        return new MemoryDump().put(DumpLayout.OPLOG, oplog.toByteArray());
    }

    private static OpTime opTime(List<byte[]> entries, int index) {
        return index < 0 ? BEFORE : new OpTime(new BsonTimestamp(ts(entries, index)), 1);
    }

    private static long ts(List<byte[]> entries, int index) {
        return new OplogEntry().open(entries.get(index), 0).ts();
    }
}
