package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.restore.InterceptedContent.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore that is disturbed goes on, or ends with everything that was there still there. */
@Timeout(60)
class RestoreFailureTest {
    private static final int COUNT = 20_000;
    private static final RestoreOptions OPTIONS =
            RestoreOptions.defaults().withDrop(true).withPatience(Duration.ofSeconds(30));

    private TestTarget target;

    @BeforeEach
    void start() throws Exception {
        target = TestTarget.startSandbox();
        target.insert("shop.experts", "{_id: 'old'}");
    }

    @AfterEach
    void stop() {
        target.close();
    }

    /** Three collections, of which the second does something in the middle. */
    private List<CollectionContent> disturbedBy(int after, Event event) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int id = 0; id < COUNT; id++) {
            documents.add(BsonDocument.parse("{_id: " + id + ", text: 'some words to fill it'}"));
        }
        String index = "{v: 2, key: {text: 1}, name: 'text_1'}";
        return List.of(
                MemoryContent.of(target.name("shop.payments"), documents.subList(0, 3)),
                new InterceptedContent(
                        MemoryContent.of(target.name("shop.experts"), documents).with("{}", index), after, event),
                MemoryContent.of(target.name("shop.audit"), documents.subList(0, 3000)));
    }

    private void assertOldDataIsThere() {
        assertThat(target.documents("shop.experts"))
                .singleElement()
                .satisfies(document -> assertThat(document).isEqualTo(BsonDocument.parse("{_id: 'old'}")));
    }

    private void assertRestored(RestoreReport report) {
        assertThat(report.complete()).as("%s", report.findings()).isTrue();
        assertThat(target.collections("shop")).containsExactly("audit", "experts", "payments");
        assertThat(target.documents("shop.experts")).hasSize(COUNT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7_500, COUNT - 1})
    void anElectionInTheMiddleIsWaitedFor(int after) throws Exception {
        assertRestored(target.restore(OPTIONS)
                .run(disturbedBy(after, () -> target.sandbox().electNewPrimary())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7_500, COUNT - 1})
    void aServerThatGoesAndComesBackIsWaitedFor(int after) throws Exception {
        Object switching = new Object();
        AtomicBoolean away = new AtomicBoolean();
        target.onFailure(() -> {
            synchronized (switching) {
                // the port may not be free yet; then the next failure tries again
                away.set(away.get() && !comesBack());
            }
        });
        assertRestored(target.restore(OPTIONS).run(disturbedBy(after, () -> {
            synchronized (switching) {
                target.sandbox().goAway();
                away.set(true);
            }
        })));
    }

    private boolean comesBack() {
        try {
            target.sandbox().comeBack();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aServerThatIsGoneForGoodIsACleanFailureAndTheOldDataIsStillThere() throws Exception {
        Restore restore = target.restore(OPTIONS.withPatience(Duration.ofMillis(100)));
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() ->
                        restore.run(disturbedBy(7_500, () -> target.sandbox().goAway())))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
                    assertThat(e.hint()).contains("before; see whether").contains("run the same again");
                });
        target.sandbox().comeBack();
        assertOldDataIsThere();
        assertRestored(target.restore(OPTIONS).run(disturbedBy(0, () -> {})));
    }

    @Test
    void anInterruptionLeavesTheOldDataAndNothingElse() throws Exception {
        Thread restoring = Thread.currentThread();
        assertThatThrownBy(() -> target.restore(OPTIONS).run(disturbedBy(7_500, restoring::interrupt)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertOldDataIsThere();
        assertThat(target.collections("shop")).noneMatch(TemporaryNames::isOurs);
    }

    @Test
    void contentsThatCannotBeReadLeaveTheOldDataAndNothingElse() throws Exception {
        assertThatThrownBy(() -> target.restore(OPTIONS).run(disturbedBy(7_500, () -> {
                    throw new IOException("the disk is gone");
                })))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is gone");
        assertOldDataIsThere();
        assertThat(target.collections("shop")).noneMatch(TemporaryNames::isOurs);
    }

    @Test
    void aCollectionThatSomebodyChangesWhileItIsLoadedIsLoadedAgain() throws Exception {
        RestoreReport report = target.restore(OPTIONS).run(disturbedBy(COUNT - 1, () -> {
            String temporary = target.collections("shop").stream()
                    .filter(name -> name.matches("dr-restore-.*-1"))
                    .findFirst()
                    .orElseThrow();
            target.insert("shop." + temporary, "{_id: 'from somebody else'}");
        }));
        assertThat(report.findings())
                .extracting(finding -> finding.message())
                .containsExactly("what was read back was not what had been sent; loaded again");
        assertRestored(report);
    }
}
