package com.foodxchange.dr.recovery.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.recovery.FullReason;
import com.foodxchange.dr.recovery.Lab;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.recovery.Window;
import com.foodxchange.dr.recovery.Writer;
import com.foodxchange.dr.recovery.restore.RecoveryReport;
import com.foodxchange.dr.repository.RepositoryLock;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureLoopTest {
    /** Longer than any test, so that nothing is stored but where a test asks for it. */
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private Path state;
    private Lab lab;
    private Writer writer;

    @BeforeEach
    void start() throws Exception {
        state = folder.resolve("state");
        lab = new Lab(folder);
        writer = lab.writer(1).write(30, 1000);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void whatWasReadIsSpooledAtOnceAndInTheRepositoryAfterACleanStop() throws Exception {
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            assertThat(following.stored()).extracting(BackupResult::kind).containsExactly(BackupKind.FULL);
            writer.write(50, 1000);
            OpTime last = lab.lastWrite();
            following.awaitDurable(last);
            assertThat(end()).as("nothing was stored yet").isLessThan(last);
            assertThat(segments()).hasSize(1);
            CaptureSummary summary = following.stop();
            assertThat(summary.upTo()).isGreaterThanOrEqualTo(last);
            assertThat(summary.slices()).isEqualTo(1);
            assertThat(summary.fulls()).isEqualTo(1);
            assertThat(segments()).isEmpty();
        }
        assertLatestIs(writer);
    }

    @Test
    void theIntervalPutsSlicesIntoTheRepository() throws Exception {
        try (Following following = new Following(lab, state, Duration.ofSeconds(1))) {
            following.await(() -> following.begun() == 1);
            for (int slice = 2; slice <= 3; slice++) {
                writer.write(10, 1000);
                OpTime last = lab.lastWrite();
                following.await(() -> end().compareTo(last) >= 0);
            }
            assertThat(following.stop().slices()).isGreaterThanOrEqualTo(2);
        }
        assertLatestIs(writer);
    }

    @Test
    void aProcessThatDiedLosesNothingOfWhatItRead() throws Exception {
        Path image = folder.resolve("image");
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            writer.write(50, 1000);
            following.awaitDurable(lab.lastWrite());
            // What a disk holds at a moment is what a process that is killed then leaves behind.
            copy(state, image);
            lab.sandbox.goAway();
            List<BackupResult> results = new SpoolRecovery(lab.repository, InstantSource.system()).run(image);
            assertThat(results)
                    .singleElement()
                    .satisfies(result -> assertThat(Lab.added(result).kind()).isEqualTo(BackupKind.INCREMENTAL));
            assertThat(files(image, ".spool")).isEmpty();
            assertLatestIs(writer);
        }
    }

    @Test
    void theNextProcessBeginsWithTheSpoolOfTheDeadOne() throws Exception {
        Path image = folder.resolve("image");
        try (Following first = new Following(lab, state, NEVER)) {
            first.await(() -> first.begun() == 1);
            writer.write(20, 1000);
            first.awaitDurable(lab.lastWrite());
            copy(state, image);
            writer.write(20, 1000);
            try (Following second = new Following(lab, image, NEVER)) {
                second.await(() -> second.begun() == 1);
                assertThat(second.recovered()).hasSize(1);
                assertThat(second.stored())
                        .as("the chain goes on, no full was due")
                        .isEmpty();
                second.awaitDurable(lab.lastWrite());
                second.stop();
            }
            assertLatestIs(writer);
        }
        assertThat(lab.timeline().windows()).hasSize(1);
        assertLatestIs(writer);
    }

    @Test
    void whatIsInTheRepositoryAlreadyIsNotStoredTwice() throws Exception {
        Path image = folder.resolve("image");
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            writer.write(20, 1000);
            following.awaitDurable(lab.lastWrite());
            copy(state, image);
            following.stop();
        }
        assertThat(new SpoolRecovery(lab.repository, InstantSource.system()).run(image))
                .isEmpty();
        assertThat(files(image, ".spool")).isEmpty();
    }

    @Test
    void aRestoreTakesWhatALivingProcessHasRead() throws Exception {
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            writer.write(20, 1000);
            following.awaitDurable(lab.lastWrite());
            assertThat(new SpoolRecovery(lab.repository, InstantSource.system()).run(state))
                    .hasSize(1);
            assertThat(segments()).as("they belong to the one who writes them").hasSize(1);
            assertLatestIs(writer);
            writer.write(20, 1000);
            following.awaitDurable(lab.lastWrite());
            following.stop();
        }
        assertThat(lab.timeline().windows()).hasSize(1);
        assertLatestIs(writer);
    }

    @Test
    void aSourceIsFollowedByOneProcess() throws Exception {
        try (Following first = new Following(lab, state, NEVER)) {
            first.await(() -> first.begun() == 1);
            try (Following second = new Following(lab, state, NEVER)) {
                assertThat(second.failure())
                        .isInstanceOfSatisfying(
                                RecoveryException.class,
                                e -> assertThat(e.kind()).isEqualTo(RecoveryException.Kind.BUSY));
            }
        }
    }

    @Test
    void aServerThatIsLostIsWaitedForAndWhatWasReadIsStoredAtOnce() throws Exception {
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            writer.write(20, 1000);
            OpTime last = lab.lastWrite();
            following.awaitDurable(last);
            lab.sandbox.goAway();
            following.await(() -> following.lost() > 0 && end().compareTo(last) >= 0);
            lab.sandbox.comeBack();
            following.await(() -> following.back() == 1 && following.begun() == 2);
            writer.write(20, 1000);
            following.awaitDurable(lab.lastWrite());
            assertThat(following.stop().fulls()).isEqualTo(1);
        }
        assertThat(lab.timeline().windows()).hasSize(1);
        assertLatestIs(writer);
    }

    @Test
    void aStopWhileTheServerIsLostStoresWhatWasRead() throws Exception {
        OpTime last;
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            writer.write(20, 1000);
            last = lab.lastWrite();
            following.awaitDurable(last);
            lab.sandbox.goAway();
            following.stop();
        }
        assertThat(end()).isGreaterThanOrEqualTo(last);
    }

    @Test
    void anElectionIsNoInterruption() throws Exception {
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            writer.write(20, 1000);
            lab.sandbox.electNewPrimary();
            writer.write(20, 1000);
            following.awaitDurable(lab.lastWrite());
            assertThat(following.closed()).isEmpty();
            following.stop();
        }
        assertThat(lab.timeline().windows()).hasSize(1);
        assertLatestIs(writer);
    }

    @Test
    void aGapFoundAtTheStartBeginsANewWindow() throws Exception {
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            following.stop();
        }
        writer.write(50, 1000);
        lab.sandbox.trimOplog(5);
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            assertThat(following.closed()).containsExactly(FullReason.OPLOG_GAP);
            writer.write(20, 1000);
            following.awaitDurable(lab.lastWrite());
            following.stop();
        }
        assertThat(lab.timeline().windows()).hasSize(2);
        assertLatestIs(writer);
    }

    @Test
    void aRollbackUnderWayBeginsANewWindow() throws Exception {
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            writer.write(30, 1000);
            following.awaitDurable(lab.lastWrite());
            lab.sandbox.rollBackOplog(5);
            lab.sandbox.writeNoop();
            following.await(() -> following.closed().contains(FullReason.ROLLBACK) && following.begun() == 2);
            lab.writer(77).write(20, 1000);
            following.awaitDurable(lab.lastWrite());
            following.stop();
        }
        assertThat(lab.timeline().windows()).hasSize(2);
        assertThat(lab.timeline().at(Moment.LATEST).full().reason()).isEqualTo(FullReason.ROLLBACK);
    }

    @Test
    void whatCannotBeStoredStaysInTheSpool() throws Exception {
        try (Following following = new Following(lab, state, NEVER)) {
            following.await(() -> following.begun() == 1);
            writer.write(20, 1000);
            OpTime last = lab.lastWrite();
            following.awaitDurable(last);
            RepositoryLock lock = lab.repository.lock(RepositoryLock.Mode.EXCLUSIVE);
            following.loop.storeNow();
            assertThat(following.notStored()).isNotEmpty();
            assertThat(segments()).isNotEmpty();
            lock.close();
            following.loop.storeNow();
            assertThat(end()).isGreaterThanOrEqualTo(last);
            following.stop();
        }
        assertLatestIs(writer);
    }

    @Test
    void aStandaloneServerIsRefused() throws Exception {
        try (Sandbox standalone = Sandbox.start(SandboxOptions.inMemory().asStandalone());
                Following following = new Following(lab, state, NEVER, () -> Deployment.connect(standalone.uri()))) {
            assertThat(following.failure())
                    .isInstanceOfSatisfying(
                            DeploymentException.class,
                            e -> assertThat(e.kind()).isEqualTo(DeploymentException.Kind.UNSUPPORTED));
        }
    }

    private OpTime end() {
        List<Window> windows = lab.timeline().windows();
        return windows.getLast().to();
    }

    private void assertLatestIs(Writer expected) throws Exception {
        try (Sandbox elsewhere = Sandbox.start(SandboxOptions.inMemory());
                Deployment target = Deployment.connect(elsewhere.uri())) {
            RecoveryReport report = lab.restore(Moment.LATEST, target);
            assertThat(report.complete()).isTrue();
            assertThat(Lab.contents(target)).isEqualTo(expected.contents());
        }
    }

    private List<Path> segments() {
        return files(state, ".spool");
    }

    private static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from, "")) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target);
            }
        }
    }
}
