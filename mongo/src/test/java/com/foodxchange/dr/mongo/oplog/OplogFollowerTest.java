package com.foodxchange.dr.mongo.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.deployment.Deployment;
import com.foodxchange.dr.mongo.deployment.TestServer;
import com.foodxchange.dr.sandbox.Sandbox;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OplogFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Keeps where entries are, and of inserts the number that the test put in. */
    private static final class Seen implements EntrySink {
        private final List<OpTime> at = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final List<String> namespaces = new ArrayList<>();
        private final OplogEntry entry = new OplogEntry();

        @Override
        public synchronized void accept(byte[] buffer, int offset, int length, OpTime time) {
            entry.open(buffer, offset);
            at.add(time);
            namespaces.add(entry.namespace());
            if (entry.op() == 'i' && entry.namespace().endsWith(".numbers")) {
                numbers.add(entry.command().getInt32("_id").getValue());
            }
        }

        synchronized List<Integer> numbers() {
            return List.copyOf(numbers);
        }
    }

    private TestServer server;
    private Deployment deployment;
    private MongoCollection<Document> numbers;

    @BeforeEach
    void connect() throws Exception {
        server = TestServer.start();
        deployment = Deployment.connect(server.uri());
        numbers = server.newDatabase().getCollection("numbers");
        numbers.insertOne(new Document("_id", -1));
    }

    @AfterEach
    void disconnect() {
        deployment.close();
        server.close();
    }

    private OplogFollower follower() {
        return new OplogFollower(deployment, Set.of(), PATIENCE);
    }

    private void insert(int from, int to) {
        for (int number = from; number < to; number++) {
            insertWhateverHappens(number);
        }
    }

    /** Until it is certain that the document is there, once. */
    private void insertWhateverHappens(int number) {
        while (true) {
            try {
                numbers.insertOne(new Document("_id", number));
                return;
            } catch (MongoException e) {
                if (e.getCode() == 11000) {
                    return;
                }
            }
        }
    }

    private static List<Integer> range(int from, int to) {
        List<Integer> range = new ArrayList<>();
        for (int number = from; number < to; number++) {
            range.add(number);
        }
        return range;
    }

    private static DeploymentException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(DeploymentException.class, call));
    }

    @Test
    void entriesAreDeliveredOnceInOrderFromCallToCall() throws Exception {
        OpTime after = deployment.majorityOpTime();
        Seen seen = new Seen();
        for (int round = 0; round < 5; round++) {
            insert(round * 10, round * 10 + 10);
            after = follower().readUpToMajority(after, seen);
        }
        assertThat(seen.numbers()).isEqualTo(range(0, 50));
        assertThat(seen.at).isSorted().doesNotHaveDuplicates();
        assertThat(after).isEqualTo(seen.at.getLast());
        assertThat(follower().readUpToMajority(after, seen)).isGreaterThanOrEqualTo(after);
    }

    @Test
    void readingFromAnEntryIncludesIt() throws Exception {
        OpTime before = deployment.majorityOpTime();
        insert(0, 3);
        Seen seen = new Seen();
        follower().readUpToMajority(before, seen);
        int second = seen.numbers().indexOf(1);
        OpTime secondInsert = seen.at.get(seen.at.size() - (seen.numbers().size() - second));
        Seen again = new Seen();
        follower().readFrom(secondInsert, again);
        assertThat(again.numbers()).isEqualTo(range(1, 3));
    }

    @Test
    void entriesOfOtherDatabasesAreLeftOutAndTheEndIsToldAllTheSame() throws Exception {
        OpTime after = deployment.majorityOpTime();
        String other = server.newDatabase().getName();
        server.client().getDatabase(other).getCollection("numbers").insertOne(new Document("_id", 99));
        insert(0, 3);
        Seen seen = new Seen();
        OpTime end = new OplogFollower(deployment, Set.of(other), PATIENCE).readUpToMajority(after, seen);
        assertThat(seen.numbers()).isEqualTo(List.of(99));
        assertThat(end).isGreaterThan(seen.at.getLast());
        assertThat(seen.namespaces)
                .noneMatch(name -> name.equals(numbers.getNamespace().getFullName()));
    }

    @Test
    void followingDeliversWhatIsWrittenMeanwhileAndEndsInTime() throws Exception {
        OpTime after = deployment.majorityOpTime();
        Seen seen = new Seen();
        AtomicBoolean stop = new AtomicBoolean();
        OplogFollower follower = follower();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<OpTime> following = pool.submit(() -> {
                OpTime position = after;
                while (!stop.get() || seen.numbers().size() < 100) {
                    position = follower.follow(position, seen, Duration.ofMillis(100));
                }
                return position;
            });
            insert(0, 100);
            stop.set(true);
            assertThat(following.get(30, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(seen.at.getLast());
        }
        assertThat(seen.numbers()).isEqualTo(range(0, 100));
    }

    @Test
    void nothingIsMissedOverElectionsAndOutages() throws Exception {
        Sandbox sandbox = server.faults();
        OpTime after = deployment.majorityOpTime();
        Seen seen = new Seen();
        OplogFollower follower = follower();
        CountDownLatch written = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> faults = pool.submit(() -> {
                for (int round = 0; round < 2; round++) {
                    sandbox.electNewPrimary();
                    insert(round * 200, round * 200 + 100);
                    sandbox.goAway();
                    server.comeBack();
                    insert(round * 200 + 100, round * 200 + 200);
                }
                written.countDown();
                return null;
            });
            OpTime position = after;
            while (written.getCount() > 0 && !faults.isDone()) {
                position = follower.follow(position, seen, Duration.ofMillis(100));
            }
            faults.get();
            follower.readUpToMajority(position, seen);
        }
        assertThat(seen.numbers()).isEqualTo(range(0, 400));
        assertThat(seen.at).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anOplogThatRolledOverIsAGap() throws Exception {
        Sandbox sandbox = server.faults();
        OpTime last = deployment.majorityOpTime();
        follower().verifyContinues(last);
        insert(0, 20);
        follower().verifyContinues(last);
        sandbox.trimOplog(5);
        DeploymentException gap = failure(() -> follower().verifyContinues(last));
        assertThat(gap.kind()).isEqualTo(Kind.OPLOG_GAP);
        assertThat(gap.hint()).contains("full");
        assertThat(failure(() -> follower().readUpToMajority(last, new Seen())).kind())
                .isEqualTo(Kind.OPLOG_GAP);
    }

    @Test
    void anotherHistoryIsARollbackAlsoWhenItIsShorter() throws Exception {
        Sandbox sandbox = server.faults();
        insert(0, 10);
        OpTime last = deployment.majorityOpTime();
        sandbox.rollBackOplog(5);
        assertThat(failure(() -> follower().verifyContinues(last)).kind()).isEqualTo(Kind.ROLLBACK);
        OplogFollower following = follower();
        assertThat(failure(() -> following.follow(last, new Seen(), Duration.ofSeconds(1)))
                        .kind())
                .isEqualTo(Kind.ROLLBACK);
        insert(20, 60);
        Seen seen = new Seen();
        assertThat(failure(() -> follower().readUpToMajority(last, seen)).kind())
                .isEqualTo(Kind.ROLLBACK);
        assertThat(seen.at).isEmpty();
    }

    @Test
    void anOplogThatMayNotBeReadNamesTheRoleToGrant() throws Exception {
        Sandbox sandbox = server.faults();
        OpTime last = deployment.majorityOpTime();
        sandbox.setAccess(Sandbox.Access.OPLOG_DENIED);
        DeploymentException denied = failure(() -> follower().readUpToMajority(last, new Seen()));
        assertThat(denied.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(denied.hint()).contains("'backup'").contains("local");
    }

    @Test
    void aServerThatStaysAwayIsUnreachableWhenPatienceIsOver() throws Exception {
        Sandbox sandbox = server.faults();
        OpTime last = deployment.majorityOpTime();
        sandbox.goAway();
        OplogFollower impatient = new OplogFollower(deployment, Set.of(), Duration.ofMillis(300));
        DeploymentException gone = failure(() -> {
            OpTime position = last;
            while (true) {
                position = impatient.follow(position, new Seen(), Duration.ofMillis(10));
            }
        });
        assertThat(gone.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure(() -> impatient.readUpToMajority(last, new Seen())).kind())
                .isEqualTo(Kind.UNREACHABLE);
        server.comeBack();
    }
}
