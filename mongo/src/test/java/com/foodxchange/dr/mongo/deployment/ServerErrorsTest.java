package com.foodxchange.dr.mongo.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import java.net.ConnectException;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerErrorsTest {
    private static final ServerAddress ADDRESS = new ServerAddress("db.example.com", 27017);
    private static final MongoCredential CREDENTIAL =
            MongoCredential.createCredential("dr", "admin", "secret".toCharArray());

    private static MongoException answer(int code, String message) {
        return new MongoCommandException(
                new BsonDocument("ok", new BsonDouble(0))
                        .append("errmsg", new BsonString(message))
                        .append("code", new BsonInt32(code)),
                ADDRESS);
    }

    private static MongoException refused() {
        return new MongoSocketOpenException(
                "Exception opening socket", ADDRESS, new ConnectException("Connection refused"));
    }

    @Test
    void aMissingPrivilegeNamesTheRoleToGrant() {
        DeploymentException oplog = ServerErrors.translate(
                "reading the oplog", answer(13, "not authorized on local to execute command { find: \"oplog.rs\" }"));
        assertThat(oplog.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(oplog.hint()).contains("'backup'").contains("local");
        assertThat(oplog).hasMessageContaining("reading the oplog").hasMessageContaining("oplog.rs");

        assertThat(ServerErrors.translate("reading a.b", answer(13, "not authorized on a"))
                        .hint())
                .contains("'backup'");
        assertThat(ServerErrors.translate("creating a.b", answer(13, "not authorized on a"))
                        .hint())
                .contains("'restore'");
    }

    @Test
    void aLoginThatIsMissingOrWrongIsAboutAuthentication() {
        assertThat(ServerErrors.translate("connecting", answer(13, "command listDatabases requires authentication"))
                        .kind())
                .isEqualTo(Kind.AUTHENTICATION);
        MongoException wrong = new MongoSecurityException(CREDENTIAL, "login", answer(18, "Authentication failed."));
        assertThat(ServerErrors.translate("connecting", wrong).kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(ServerErrors.isTransient(wrong)).isFalse();
    }

    @Test
    void aServerThatGoesAwayDuringTheLoginIsUnreachableAndMayComeBack() {
        MongoException gone = new MongoSecurityException(
                CREDENTIAL, "login", new MongoSocketReadException("Prematurely reached end of stream", ADDRESS));
        assertThat(ServerErrors.translate("connecting", gone).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(ServerErrors.isTransient(gone)).isTrue();
    }

    @Test
    void aRefusedConnectionSaysSoInOneSentence() {
        DeploymentException refused = ServerErrors.translate("connecting", refused());
        assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(refused).hasMessage("connecting failed: Connection refused");
        assertThat(ServerErrors.translate("reading", new MongoTimeoutException("Timed out ... {type=UNKNOWN}")))
                .hasMessageNotContaining("UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436})
    void electionsAndShutdownsPass(int code) {
        assertThat(ServerErrors.isTransient(answer(code, "not now"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 13, 18, 59, 11000, 14031, 10334})
    void whatIsWrongStaysWrong(int code) {
        assertThat(ServerErrors.isTransient(answer(code, "never"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {43, 175, 237, 136})
    void aLostCursorSaysNothingAgainstAnother(int code) {
        assertThat(ServerErrors.isCursorLost(answer(code, "cursor"))).isTrue();
        assertThat(ServerErrors.isTransient(answer(code, "cursor"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"14031, FAILED, disk", "59, UNSUPPORTED, command", "26, FAILED, ns not found"})
    void othersAreToldInTheServersWords(int code, Kind kind, String part) {
        DeploymentException translated = ServerErrors.translate("reading a.b", answer(code, "ns not found."));
        assertThat(translated.kind()).isEqualTo(kind);
        assertThat(translated).hasMessageContaining(part).hasMessageStartingWith("reading a.b");
        assertThat(translated.getMessage()).doesNotEndWith(".").doesNotContain("\n");
        assertThat(translated.hint()).isNotBlank();
    }
}
