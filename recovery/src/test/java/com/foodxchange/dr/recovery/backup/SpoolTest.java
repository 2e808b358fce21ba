package com.foodxchange.dr.recovery.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.recovery.RecoveryException.Kind;
import com.foodxchange.dr.recovery.backup.Entries.Seconds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    private Path state;

    private SpoolFolder folder;

    @BeforeEach
    void name() throws IOException {
        folder = SpoolFolder.of(state, "ab".repeat(32), "orders");
        Files.createDirectories(folder.path());
    }

    @Test
    void whatWasForcedIsThereWithoutAClose() throws Exception {
        Spool spool = new Spool(folder);
        spool.continueAfter(Entries.ORIGIN, Entries.at(10));
        Entries.send(spool, 11, 15);
        spool.reached(Entries.at(18));
        assertThat(spool.force()).isTrue();
        assertThat(spool.force()).isFalse();
        Read read = read(folder.segments().getFirst());
        assertThat(read.seconds()).containsExactly(11L, 12L, 13L, 14L, 15L);
        assertThat(read.reached()).isEqualTo(Entries.at(18)).isEqualTo(spool.position());
        assertThat(read.header().previous().toOpTime()).isEqualTo(Entries.at(10));
        assertThat(read.header().origin()).isEqualTo(Entries.ORIGIN);
        spool.close();
    }

    @Test
    void segmentsContinueEachOther() throws Exception {
        try (Spool spool = new Spool(folder)) {
            spool.continueAfter(Entries.ORIGIN, Entries.at(10));
            Entries.send(spool, 11, 12);
            assertThat(spool.rotate()).hasSize(1);
            assertThat(spool.rotate()).as("nothing new").hasSize(1);
            Entries.send(spool, 13, 14);
            List<Path> segments = spool.rotate();
            assertThat(segments).hasSize(2);
            assertThat(read(segments.getLast()).header().previous().toOpTime()).isEqualTo(Entries.at(12));
            Spool.delete(segments.subList(0, 1));
            Entries.send(spool, 15, 15);
            assertThat(spool.rotate()).hasSize(2).doesNotContain(segments.getFirst());
            assertThat(spool.entries()).isEqualTo(5);
        }
    }

    @Test
    void aTailTornAtAnyByteCostsNothingButTheFrameItIsIn() throws Exception {
        try (Spool spool = new Spool(folder)) {
            spool.continueAfter(Entries.ORIGIN, Entries.at(10));
            Entries.send(spool, 11, 20);
        }
        byte[] whole = Files.readAllBytes(folder.segments().getFirst());
        int frame = SegmentWriter.FRAME_HEAD + Entries.entry(11).length;
        int start = whole.length - 10 * frame;
        Path torn = state.resolve("torn.spool");
        for (int length = 0; length <= whole.length; length++) {
            Files.write(torn, Arrays.copyOf(whole, length));
            assertHolds(torn, length < start ? -1 : (length - start) / frame);
        }
    }

    @Test
    void aByteThatIsWrongIsNeverTakenForAnEntry() throws Exception {
        try (Spool spool = new Spool(folder)) {
            spool.continueAfter(Entries.ORIGIN, Entries.at(10));
            Entries.send(spool, 11, 20);
        }
        byte[] whole = Files.readAllBytes(folder.segments().getFirst());
        int frame = SegmentWriter.FRAME_HEAD + Entries.entry(11).length;
        int start = whole.length - 10 * frame;
        Path flipped = state.resolve("flipped.spool");
        Random random = new Random(5);
        for (int at = 0; at < whole.length; at++) {
            byte[] wrong = whole.clone();
            wrong[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(flipped, wrong);
            assertHolds(flipped, at < start ? -1 : (at - start) / frame);
        }
    }

    @Test
    void zeroesAfterTheLastFrameAreNoEntries() throws Exception {
        try (Spool spool = new Spool(folder)) {
            spool.continueAfter(Entries.ORIGIN, Entries.at(10));
            Entries.send(spool, 11, 20);
        }
        byte[] whole = Files.readAllBytes(folder.segments().getFirst());
        Path padded = state.resolve("padded.spool");
        Files.write(padded, Arrays.copyOf(whole, whole.length + 4096));
        assertHolds(padded, 10);
    }

    @Test
    void afterAFailureNothingIsAppendedThatMightFollowSomethingLost() throws Exception {
        try (Spool spool = new Spool(folder)) {
            spool.continueAfter(Entries.ORIGIN, Entries.at(10));
            Entries.send(spool, 11, 12);
            spool.rotate();
            List<Path> segments = folder.segments();
            Path aside = state.resolve("aside");
            Files.move(folder.path(), aside);
            assertThatThrownBy(() -> Entries.send(spool, 13, 13)).isInstanceOf(IOException.class);
            Files.move(aside, folder.path());
            assertThatThrownBy(() -> Entries.send(spool, 14, 14))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("could not be written");
            assertThat(spool.position()).isEqualTo(Entries.at(12));
            assertThat(spool.rotate()).isEqualTo(segments);
        }
    }

    @Test
    void theFolderBelongsToOneProcess() throws Exception {
        SpoolFolder.Lock held = folder.lock();
        assertThatThrownBy(() -> folder.lock())
                .isInstanceOfSatisfying(
                        RecoveryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY));
        assertThat(folder.tryLock()).isNull();
        held.close();
        folder.lock().close();
        assertThat(SpoolFolder.list(state, "ab".repeat(32))).containsExactly(folder);
        assertThat(SpoolFolder.list(state, "cd".repeat(32))).isEmpty();
    }

    /** {@code entries}: how many of the ten are whole; -1: not even the header is. */
    private static void assertHolds(Path segment, int entries) throws Exception {
        try (SegmentReader reader = new SegmentReader(segment)) {
            if (entries < 0) {
                assertThat(reader.header()).isNull();
                return;
            }
            Seconds seconds = new Seconds();
            OpTime reached = reader.readAll(seconds);
            assertThat(seconds.taken)
                    .isEqualTo(LongStream.range(11, 11 + entries).boxed().toList());
            assertThat(reached).isEqualTo(Entries.at(10 + entries));
        }
    }

    private record Read(SegmentHeader header, List<Long> seconds, OpTime reached) {}

    private static Read read(Path segment) throws Exception {
        try (SegmentReader reader = new SegmentReader(segment)) {
            SegmentHeader header = reader.header();
            if (header == null) {
                throw new AssertionError("no header in " + segment);
            }
            Seconds seconds = new Seconds();
            OpTime reached = reader.readAll(seconds);
            return new Read(header, seconds.taken, reached);
        }
    }
}
