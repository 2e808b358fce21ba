package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.repository.retention.ForgetPlan;
import com.foodxchange.dr.repository.retention.RetentionPolicy;
import com.foodxchange.dr.repository.retention.RetentionPolicy.Period;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both programs look after the same repository. */
final class UpkeepWithRealResticTest {
    private static final String PASSWORD = "geheim";

    private final Random random = new Random(11);
    private final Map<String, Map<String, ByteBuffer>> contents = new HashMap<>();

    @TempDir
    Path folder;

    private LocalBlobStore store;
    private Restic restic;

    @BeforeEach
    void requireRestic() {
        Restic.require();
        store = new LocalBlobStore(folder.resolve("repo"));
        restic = new Restic(folder.resolve("repo"), PASSWORD);
    }

    private Repository open() {
        return Repository.open(store, PASSWORD.toCharArray());
    }

    /** Five snapshots of a collection that changes. */
    private void writeSnapshots() throws InterruptedException {
        Map<String, List<byte[]>> files = new TreeMap<>();
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            chunks.add(Contents.bytes(random, 20_000 + random.nextInt(100_000)));
        }
        files.put("shop/orders.bson", chunks);
        files.put("shop/orders.metadata.json", List.of("{}".getBytes(StandardCharsets.UTF_8)));
        try (Repository repository = Contents.repository(store, PASSWORD.toCharArray())) {
            for (int i = 0; i < 5; i++) {
                Instant time = Contents.TIME.plusSeconds(86400L * i);
                Snapshot snapshot = Contents.write(repository, files, Contents.attributes(time, null));
                contents.put(snapshot.id(), Contents.joined(files));
                for (int j = 0; j < 15; j++) {
                    chunks.set(random.nextInt(chunks.size()), Contents.bytes(random, 50_000));
                }
            }
        }
    }

    private void weForgetAllButTwo() throws InterruptedException {
        try (Repository repository = open()) {
            RetentionPolicy policy = RetentionPolicy.none().keep(Period.DAILY, 2);
            ForgetPlan plan = ForgetPlan.of(repository.snapshots().snapshots(), policy, Instant.MAX);
            assertThat(plan.removed()).hasSize(3);
            plan.execute(repository);
        }
    }

    private void bothFindNothingWrong(int snapshots) throws Exception {
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
        CheckReport report = Check.run(store, PASSWORD.toCharArray(), CheckScope.allData(), PackProgress.NONE);
        assertThat(report.findings()).isEmpty();
        assertThat(report.snapshots()).isEqualTo(snapshots);
        everyByteIsThere();
    }

    /** What is left is what was written: read by us, and the oldest restored by restic. */
    private void everyByteIsThere() throws Exception {
        try (Repository repository = open()) {
            List<Snapshot> ours = repository.snapshots().snapshots().stream()
                    .filter(snapshot -> contents.containsKey(snapshot.id()))
                    .toList();
            for (Snapshot snapshot : ours) {
                assertThat(Contents.read(repository, snapshot)).isEqualTo(contents.get(snapshot.id()));
            }
            if (!ours.isEmpty()) {
                Path target = folder.resolve("out" + random.nextLong());
                restic.run("restore", ours.getFirst().id(), "--target", target.toString());
                assertThat(filesIn(target))
                        .isEqualTo(contents.get(ours.getFirst().id()));
            }
        }
    }

    static Map<String, ByteBuffer> filesIn(Path folder) throws Exception {
        Map<String, ByteBuffer> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), ByteBuffer.wrap(Files.readAllBytes(path)));
            }
        }
        return files;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3})
    void resticIsContentWithWhatWePruned(double maxUnused) throws Exception {
        writeSnapshots();
        weForgetAllButTwo();
        try (Repository repository = open()) {
            PrunePlan done = new Prune(repository, maxUnused).execute(PackProgress.NONE);
            assertThat(done.bytesFreed()).isPositive();
        }
        bothFindNothingWrong(2);
        assertThat(restic.run("prune", "--dry-run", "--max-unused", maxUnused == 0 ? "0" : "50%"))
                .containsPattern("to delete: +0 blobs");
    }

    @Test
    void weAreContentWithWhatResticForgetsAndPrunes() throws Exception {
        writeSnapshots();
        restic.run("forget", "--keep-last", "2");
        restic.run("prune", "--max-unused", "0");
        bothFindNothingWrong(2);
        try (Repository repository = open()) {
            assertThat(new Prune(repository, 0).plan().bytesFreed()).isZero();
        }
    }

    @Test
    void resticPrunesWhatWeForgot() throws Exception {
        writeSnapshots();
        weForgetAllButTwo();
        restic.run("prune", "--max-unused", "0", "--repack-small");
        bothFindNothingWrong(2);
    }

    @Test
    void resticBacksUpIntoOursAndWePruneBothsSnapshots() throws Exception {
        writeSnapshots();
        Path source = folder.resolve("source");
        Path deep = Files.createDirectories(source.resolve("deep"));
        Files.write(deep.resolve("a"), Contents.bytes(random, 3_000_000));
        Files.write(deep.resolve("empty"), new byte[0]);
        restic.run("backup", source.toString(), "--tag", "theirs");
        Files.write(deep.resolve("b"), Contents.bytes(random, 1_000_000));
        restic.run("backup", source.toString(), "--tag", "theirs");
        bothFindNothingWrong(7);
        weForgetAllButTwoOfEach();
        try (Repository repository = open()) {
            new Prune(repository, 0).execute(PackProgress.NONE);
            Snapshot theirs = repository.snapshots().snapshots().stream()
                    .filter(snapshot -> snapshot.tags().contains("theirs"))
                    .max(Comparator.comparing(Snapshot::time))
                    .orElseThrow();
            Map<String, ByteBuffer> read = new TreeMap<>();
            String prefix = source.toString().substring(1) + "/";
            Contents.read(repository, theirs)
                    .forEach((path, bytes) -> read.put(path.substring(prefix.length()), bytes));
            assertThat(read).isEqualTo(filesIn(source));
        }
        bothFindNothingWrong(4);
    }

    private void weForgetAllButTwoOfEach() throws InterruptedException {
        try (Repository repository = open()) {
            RetentionPolicy policy = RetentionPolicy.none().keep(Period.LAST, 2);
            ForgetPlan.of(repository.snapshots().snapshots(), policy, Instant.MAX)
                    .execute(repository);
        }
    }

    @Test
    void resticCopiesOneOfOursIntoAnother() throws Exception {
        writeSnapshots();
        LocalBlobStore second = new LocalBlobStore(folder.resolve("second"));
        Contents.repository(second, PASSWORD.toCharArray()).close();
        Restic secondRestic = new Restic(folder.resolve("second"), PASSWORD);
        secondRestic.run("copy", "--from-repo", folder.resolve("repo").toString());
        assertThat(secondRestic.run("check", "--read-data")).contains("no errors were found");
        assertThat(Check.run(second, PASSWORD.toCharArray(), CheckScope.allData(), PackProgress.NONE)
                        .findings())
                .isEmpty();
        try (Repository repository = Repository.open(second, PASSWORD.toCharArray())) {
            List<Snapshot> snapshots = repository.snapshots().snapshots();
            assertThat(snapshots).hasSize(5);
            for (Snapshot snapshot : snapshots) {
                assertThat(Contents.read(repository, snapshot)).isEqualTo(contents.get(snapshot.original()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resticOpensARepositoryAgainWhoseIndexWeWroteAnew(boolean missing) throws Exception {
        writeSnapshots();
        Handle index = Stores.files(store, FileType.INDEX).getFirst();
        if (missing) {
            store.delete(index);
        } else {
            Stores.flip(store, index, 50);
        }
        assertThat(restic.tryRun("check").exitCode()).isNotZero();
        try (Repository repository = open()) {
            new Prune(repository, Prune.DEFAULT_MAX_UNUSED).execute(PackProgress.NONE);
        }
        bothFindNothingWrong(5);
    }

    @Test
    void resticRebuildsTheIndexAndWeReadOn() throws Exception {
        writeSnapshots();
        restic.run("rebuild-index", "--read-all-packs");
        bothFindNothingWrong(5);
    }

    private void replaceKeyByOneThatOpensFast() throws Exception {
        List<Handle> slow = Stores.files(store, FileType.KEY);
        try (Repository repository = open()) {
            char[] password = PASSWORD.toCharArray();
            RepositoryOpening.saveKey(store, KeyFile.create(repository.files().key(), password, Contents.TIME, 2));
        }
        for (Handle key : slow) {
            store.delete(key);
        }
    }

    @Test
    void repositoryOfVersionOneIsCheckedAndReadAndWrittenOnceItIsVersionTwo() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.write(source.resolve("a"), Contents.bytes(random, 3_000_000));
        restic.run("init", "--repository-version", "1");
        replaceKeyByOneThatOpensFast();
        restic.run("backup", source.toString());
        CheckReport report = Check.run(store, PASSWORD.toCharArray(), CheckScope.allData(), PackProgress.NONE);
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("without a lock"));
        everyByteIsThere();
        try (Repository repository = open()) {
            assertThatThrownBy(repository::newSnapshot).hasMessageContaining("version 1");
            assertThatThrownBy(() -> new Prune(repository, 0).execute(PackProgress.NONE))
                    .hasMessageContaining("version 1");
            restic.run("migrate", "upgrade_repo_v2");
        }
        try (Repository repository = open()) {
            Contents.write(
                    repository,
                    Map.of("a", List.of(Contents.bytes(random, 1000))),
                    Contents.attributes(Contents.TIME, null));
        }
        bothFindNothingWrong(2);
    }
}
