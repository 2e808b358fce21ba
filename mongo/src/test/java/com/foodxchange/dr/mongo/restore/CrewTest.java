package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {
    @Test
    void joinWaitsAlsoForWorkThatWorkHasStarted() throws Exception {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (Crew crew = new Crew()) {
            Crew.Lane first = crew.lane("first", 2);
            Crew.Lane second = crew.lane("second", 1);
            for (int i = 0; i < 20; i++) {
                first.start(i, () -> second.start(0, () -> done.add("x")));
            }
            crew.join();
        }
        assertThat(done).hasSize(20);
    }

    @Test
    void theFirstFailureInterruptsTheOthersAndIsThrown() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            Crew.Lane lane = crew.lane("lane", 2);
            lane.start(0, () -> {
                waiting.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw e;
                }
            });
            lane.start(0, () -> {
                waiting.await();
                throw new IOException("disk is gone");
            });
            assertThatThrownBy(crew::join).isInstanceOf(IOException.class).hasMessage("disk is gone");
        }
        assertThat(interrupted).isTrue();
    }

    @Test
    void whatMattersMostGoesFirst() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        try (Crew crew = new Crew()) {
            Crew.Lane lane = crew.lane("lane", 1);
            CountDownLatch go = new CountDownLatch(1);
            lane.start(0, go::await);
            for (int rank : List.of(3, 1, 2, 1)) {
                lane.start(rank, () -> order.add(rank));
            }
            go.countDown();
            crew.join();
        }
        assertThat(order).containsExactly(1, 1, 2, 3);
    }

    @Test
    void whatIsStartedAfterTheEndIsNotDone() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Crew crew = new Crew();
        Crew.Lane lane = crew.lane("lane", 1);
        crew.close();
        lane.start(0, () -> done.set(true));
        crew.join();
        assertThat(done).isFalse();
    }
}
