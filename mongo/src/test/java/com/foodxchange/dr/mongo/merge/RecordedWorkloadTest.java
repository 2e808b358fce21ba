package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.Recording;
import com.foodxchange.dr.mongo.bson.Bytes;
import com.foodxchange.dr.mongo.dump.DirectoryDumpSource;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.dump.MemoryDump;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What real servers did must come out as those servers had it, however the backups fell. */
class RecordedWorkloadTest {
    static final List<String> RECORDINGS = Recording.NAMES;

    private static final Map<String, Workload> WORKLOADS = new HashMap<>();

    @TempDir
    private static Path directory;

    /** A recording, its entries one by one. */
    private record Workload(DumpSource before, State after, OpTime from, List<byte[]> entries) {
        static Workload read(Recording recording) throws IOException, InterruptedException {
            State after =
                    State.merge(new DirectoryDumpSource(recording.after()), null, null, List.of(), null, directory);
            byte[] oplog = Files.readAllBytes(recording.oplog());
            List<byte[]> entries = new ArrayList<>();
            for (int at = 0; at < oplog.length; at += Bytes.int32(oplog, at)) {
                entries.add(Arrays.copyOfRange(oplog, at, at + Bytes.int32(oplog, at)));
            }
            return new Workload(
                    new DirectoryDumpSource(recording.before()), after, new OpTime(recording.from(), 1), entries);
        }

        OplogEntry entry(int index) {
            return new OplogEntry().open(entries.get(index), 0);
        }

        BsonTimestamp ts(int index) {
            return new BsonTimestamp(entry(index).ts());
        }

        DumpSource slice(int from, int to) {
            ByteArrayOutputStream oplog = new ByteArrayOutputStream();
            entries.subList(from, to).forEach(oplog::writeBytes);
            return new MemoryDump().put(DumpLayout.OPLOG, oplog.toByteArray());
        }

        /** The state after that many entries. */
        State stateAfter(int count) throws IOException, InterruptedException {
            return State.merge(before, from, from, List.of(slice(0, count)), null, directory);
        }
    }

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        for (String name : RECORDINGS) {
            WORKLOADS.put(name, Workload.read(Recording.unpack(name, directory)));
        }
    }

    private static Workload workload(String name) {
        return Objects.requireNonNull(WORKLOADS.get(name));
    }

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void initialAndOplogMakeFinal(String name) throws Exception {
        Workload workload = workload(name);
        workload.stateAfter(workload.entries.size()).assertSameAs(workload.after);
    }

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void slicesCutAnywhereAndDeliveredTwiceMakeFinal(String name) throws Exception {
        Workload workload = workload(name);
        int size = workload.entries.size();
        List<DumpSource> slices = new ArrayList<>();
        for (int at = 0; at < size; at++) {
            slices.add(workload.slice(Math.max(0, at - 2), Math.min(size, at + 1 + at % 3)));
        }
        State.merge(workload.before, workload.from, workload.from, slices, null, directory)
                .assertSameAs(workload.after);
    }

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void aBaseTakenAtRestAnywhereAndTheRestMakeFinal(String name) throws Exception {
        Workload workload = workload(name);
        int size = workload.entries.size();
        for (int cut : interestingCuts(workload, 8)) {
            DumpSource base = SimulatedScan.atRest(workload.stateAfter(cut));
            // the slice starts early, as one does that has to hold transactions which were open at the cut
            State.merge(
                            base,
                            opTime(workload, cut - 1),
                            opTime(workload, cut - 1),
                            List.of(workload.slice(0, size)),
                            null,
                            directory)
                    .assertSameAs(workload.after);
        }
    }

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void aScanInTheMiddleOfTheWorkloadMakesFinal(String name) throws Exception {
        Workload workload = workload(name);
        int size = workload.entries.size();
        Random random = new Random(name.hashCode());
        List<Integer> cuts = new ArrayList<>(interestingCuts(workload, 20));
        for (int round = 0; round < 5; round++) {
            int start = round == 0 ? 0 : cuts.get(random.nextInt(cuts.size()));
            int end = round == 0 ? size : start + random.nextInt(size - start + 1);
            MemoryDump base = SimulatedScan.scan(workload::stateAfter, start, end, random);
            OpTime scanFrom = start == 0 ? workload.from : opTime(workload, start - 1);
            OpTime consistentAt = end == 0 ? workload.from : opTime(workload, end - 1);
            List<DumpSource> oplog = List.of(workload.slice(0, size));
            State.merge(base, scanFrom, consistentAt, oplog, null, directory).assertSameAs(workload.after);
            int target = end + random.nextInt(size - end + 1);
            if (target > 0) {
                State.merge(base, scanFrom, consistentAt, oplog, workload.ts(target - 1), directory)
                        .assertSameAs(workload.stateAfter(target));
            }
        }
    }

    private static OpTime opTime(Workload workload, int index) {
        return index < 0 ? workload.from : new OpTime(workload.ts(index), 1);
    }

    /** Right before and right after commands, and some others. */
    private static Set<Integer> interestingCuts(Workload workload, int count) {
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < workload.entries.size(); i++) {
            if (workload.entry(i).op() == 'c') {
                candidates.add(i);
                candidates.add(i + 1);
            }
        }
        Set<Integer> cuts = new TreeSet<>();
        Random random = new Random(count);
        while (cuts.size() < count) {
            boolean command = random.nextInt(4) > 0;
            cuts.add(
                    command
                            ? candidates.get(random.nextInt(candidates.size()))
                            : random.nextInt(workload.entries.size()));
        }
        return cuts;
    }
}
