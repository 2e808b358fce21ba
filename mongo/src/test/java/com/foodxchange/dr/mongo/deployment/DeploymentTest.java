package com.foodxchange.dr.mongo.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.capture.CatalogReader;
import com.foodxchange.dr.sandbox.Sandbox;
import com.foodxchange.dr.sandbox.SandboxOptions;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeploymentTest {
    private static DeploymentException refused(String uri) {
        DeploymentException refused = catchThrowableOfType(
                DeploymentException.class, () -> Deployment.connect(uri).close());
        assertThat(refused).as("connecting has to fail").isNotNull();
        assertThat(refused.hint()).isNotBlank();
        return refused;
    }

    @Test
    void aReplicaSetTellsItsNameItsMembersAndHowFarItIs() throws Exception {
        try (TestServer server = TestServer.start();
                Deployment deployment = Deployment.connect(server.uri())) {
            server.newDatabase().getCollection("a").insertOne(new Document());
            Topology topology = deployment.topology();
            assertThat(topology.kind()).isEqualTo(Topology.Kind.REPLICA_SET);
            assertThat(topology.setName()).isNotBlank();
            assertThat(topology.hosts()).isNotEmpty();
            assertThat(topology.serverVersion()).matches("\\d+\\.\\d+\\..*");
            assertThat(deployment.majorityOpTime().seconds()).isPositive();
            assertThat(deployment.lastWrite()).isGreaterThanOrEqualTo(deployment.majorityOpTime());
            assertThat(deployment.lastWriteOfPrimary()).isPresent();
        }
    }

    @Test
    void aMemberOfASetNeedsNoReplicaSetInTheUri() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory());
                Deployment deployment = Deployment.connect("mongodb://127.0.0.1:" + sandbox.port())) {
            assertThat(deployment.topology().kind()).isEqualTo(Topology.Kind.REPLICA_SET);
            MongoDatabase database = deployment.client().getDatabase("a");
            database.getCollection("b").insertOne(new Document());
            assertThat(new CatalogReader(deployment).read(Set.of("a")).collections())
                    .hasSize(1);
        }
    }

    @Test
    void aStandaloneServerHasNoOplog() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory().asStandalone());
                Deployment deployment = Deployment.connect(sandbox.uri())) {
            assertThat(deployment.topology().kind()).isEqualTo(Topology.Kind.STANDALONE);
            DeploymentException failure = catchThrowableOfType(DeploymentException.class, deployment::majorityOpTime);
            assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:27017",
                "http://localhost",
                "mongodb://",
                "mongodb://user:p@ss:word@localhost/",
                "mongodb://localhost:notaport/"
            })
    void whatIsNoConnectionStringIsInvalid(String uri) {
        DeploymentException refused = refused(uri);
        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(refused.getMessage()).doesNotContain("ss:word");
    }

    @Test
    void nobodyAnsweringIsUnreachableWithTheReasonPerHost() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        DeploymentException refused =
                refused("mongodb://127.0.0.1:" + port + "/?replicaSet=rs&serverSelectionTimeoutMS=500");
        assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(refused).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("Connection refused");
    }

    @Test
    void anotherSetThanTheUriNamesIsUnreachable() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory())) {
            DeploymentException refused = refused(
                    "mongodb://127.0.0.1:" + sandbox.port() + "/?replicaSet=other&serverSelectionTimeoutMS=500");
            assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void aRefusedLoginIsAboutAuthentication() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory())) {
            DeploymentException refused =
                    refused("mongodb://somebody:secret@127.0.0.1:" + sandbox.port() + "/?authSource=admin");
            assertThat(refused.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(refused.getMessage()).doesNotContain("secret");
        }
    }

    @Test
    void aServerThatAsksForALoginIsNotReadWithout() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory())) {
            sandbox.setAccess(Sandbox.Access.LOGIN_REFUSED);
            assertThat(refused(sandbox.uri()).kind()).isEqualTo(Kind.AUTHENTICATION);
        }
    }

    private static final String WIRE = "maxWireVersion: 17, minWireVersion: 0, maxBsonObjectSize: 16777216, ok: 1.0";

    @Test
    void aMongosIsRefusedInOneSentence() throws IOException {
        try (HelloServer mongos = new HelloServer("{ismaster: true, msg: 'isdbgrid', " + WIRE + "}")) {
            DeploymentException refused = refused(mongos.uri(""));
            assertThat(refused.kind()).isEqualTo(Kind.UNSUPPORTED);
            assertThat(refused).hasMessageContaining("mongos");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&directConnection=true"})
    void anArbiterIsRefused(String options) throws IOException {
        String hello = "{ismaster: false, secondary: false, arbiterOnly: true, setName: 'rs', hosts: ['127.0.0.1:1'],"
                + " me: '127.0.0.1:PORT', " + WIRE + "}";
        try (HelloServer arbiter = new HelloServer(hello)) {
            DeploymentException refused = refused(arbiter.uri(options));
            assertThat(refused.kind()).isEqualTo(Kind.UNSUPPORTED);
            assertThat(refused).hasMessageContaining("arbiter");
        }
    }

    @Test
    void aMemberThatStartsUpIsRefused() throws IOException {
        String hello = "{ismaster: false, secondary: false, setName: 'rs', hosts: ['127.0.0.1:1'],"
                + " me: '127.0.0.1:PORT', " + WIRE + "}";
        try (HelloServer starting = new HelloServer(hello)) {
            DeploymentException refused = refused(starting.uri("&directConnection=true"));
            assertThat(refused.kind()).isEqualTo(Kind.UNSUPPORTED);
            assertThat(refused).hasMessageContaining("starting up");
        }
        try (HelloServer uninitiated =
                new HelloServer("{ismaster: false, secondary: false, isreplicaset: true, " + WIRE + "}")) {
            assertThat(refused(uninitiated.uri("")).getMessage()).contains("not been initiated");
        }
    }

    @Test
    void aMemberThatDoesNotKnowTheMajorityPointYetIsAtTheBeginning() throws Exception {
        String hello = "{ismaster: true, setName: 'rs', hosts: ['127.0.0.1:PORT'], me: '127.0.0.1:PORT',"
                + " version: '7.0.0', lastWrite: {lastWriteDate: {$date: 7000}, opTime: {ts: {$timestamp: {t: 7, i: 1}}, t: {$numberLong: '3'}}}, "
                + WIRE + "}";
        try (HelloServer restarted = new HelloServer(hello);
                Deployment deployment = Deployment.connect(restarted.uri("&directConnection=true"))) {
            assertThat(deployment.majorityOpTime().seconds()).isZero();
            assertThat(deployment.lastWrite()).isEqualTo(OpTime.of(7, 1, 3));
        }
    }
}
