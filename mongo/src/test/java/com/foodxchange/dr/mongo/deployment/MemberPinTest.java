package com.foodxchange.dr.mongo.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerType;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MemberPinTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final MemberPin pin = new MemberPin(ReadPreference.secondaryPreferred());

    private static ServerDescription member(String host, ServerType type, long secondsBehind) {
        return ServerDescription.builder()
                .address(new ServerAddress(host))
                .type(type)
                .ok(true)
                .state(ServerConnectionState.CONNECTED)
                .setName("rs")
                .lastWriteDate(Date.from(NOW.minusSeconds(secondsBehind)))
                .roundTripTime(1, TimeUnit.MILLISECONDS)
                .build();
    }

    private static ServerDescription primary(String host) {
        return member(host, ServerType.REPLICA_SET_PRIMARY, 0);
    }

    private static ServerDescription secondary(String host, long secondsBehind) {
        return member(host, ServerType.REPLICA_SET_SECONDARY, secondsBehind);
    }

    private static ClusterDescription set(ServerDescription... members) {
        return new ClusterDescription(ClusterConnectionMode.MULTIPLE, ClusterType.REPLICA_SET, List.of(members));
    }

    private String chosen(ClusterDescription cluster) {
        List<ServerDescription> selected = pin.select(cluster);
        assertThat(selected).hasSize(1);
        return selected.getFirst().getAddress().getHost();
    }

    @Test
    void aSecondaryIsReadAsLongAsItLivesAndThenAnother() {
        ClusterDescription whole = set(primary("a"), secondary("b", 0), secondary("c", 0));
        assertThat(pin.choose(whole)).isTrue();
        String first = chosen(whole);
        assertThat(first).isIn("b", "c");
        ClusterDescription elected = set(primary(first), secondary("a", 0), secondary("d", 0));
        assertThat(pin.choose(elected)).isTrue();
        assertThat(chosen(elected)).isEqualTo(first);
        ClusterDescription without = set(primary("a"), secondary("d", 0));
        assertThat(pin.choose(without)).isTrue();
        assertThat(chosen(without)).isEqualTo("d");
        assertThat(pin.changes()).isEqualTo(1);
    }

    @Test
    void theMemberThatIsReadStaysAlsoWhenABetterOneAppears() {
        assertThat(pin.choose(set(primary("a")))).isTrue();
        ClusterDescription later = set(primary("a"), secondary("b", 0));
        pin.choose(later);
        assertThat(chosen(later)).isEqualTo("a");
        assertThat(pin.changes()).isZero();
    }

    @Test
    void aSecondaryThatLagsIsNotPreferred() {
        ClusterDescription lagging = set(primary("a"), secondary("b", 3600));
        pin.choose(lagging);
        assertThat(chosen(lagging)).isEqualTo("a");
        ClusterDescription alone = set(secondary("b", 3600));
        assertThat(pin.choose(alone)).isTrue();
        assertThat(chosen(alone)).isEqualTo("b");
    }

    @Test
    void nobodyIsChosenWhereNobodyCanBeRead() {
        assertThat(pin.choose(set(member("a", ServerType.REPLICA_SET_ARBITER, 0))))
                .isFalse();
        assertThat(pin.choose(set())).isFalse();
    }

    @Test
    void aMemberThatIsAvoidedIsReadAgainOnlyWhenNobodyElseIsThere() {
        ClusterDescription whole = set(primary("a"), secondary("b", 0));
        pin.choose(whole);
        assertThat(chosen(whole)).isEqualTo("b");
        assertThat(pin.avoid(whole)).isTrue();
        assertThat(chosen(whole)).isEqualTo("a");
        assertThat(pin.avoid(whole)).isFalse();
        ClusterDescription rest = set(secondary("b", 0));
        assertThat(pin.choose(rest)).isTrue();
        assertThat(chosen(rest)).isEqualTo("b");
    }
}
