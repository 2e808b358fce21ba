package com.foodxchange.dr.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://dba:s3cret@db1:27017/?replicaSet=rs0",
                "MONGODB+SRV://dba:s3cret@cluster.example",
                "not 'mongodb://dba:s3cret@db1', but 'mongodb://dba:s3cret@db2'",
                "mongodb://dba:not@escaped:s3cret@db1",
                "mongodb://db1/?tlsCertificateKeyFilePassword=s3cret&tls=true",
                "mongodb://u@db1/?authMechanism=MONGODB-AWS&authMechanismProperties=AWS_SESSION_TOKEN:s3cret",
                "mongodb://db1/?proxyPassword=s3cret"
            })
    void noPasswordIsLeft(String text) {
        assertThat(Redaction.redact(text)).doesNotContain("s3cret").contains("***");
    }

    @Test
    void whatIsNoSecretStays() {
        String text = "connected to mongodb://dba@db1:27017,db2:27017/foodxchange_experts?replicaSet=rs0";

        assertThat(Redaction.redact(text)).isEqualTo(text);
        assertThat(Redaction.redact("mongodb://dba:x@db1/?tls=true")).isEqualTo("mongodb://dba:***@db1/?tls=true");
    }
}
