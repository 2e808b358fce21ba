package com.foodxchange.dr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final Shell shell = new Shell().without("DR_PASSWORD");

    @Test
    void theWholeCycleBringsBackExactlyWhatTheWriterRecorded() {
        Shell.Run run = shell.run("demo", "--once", "--documents", "4000", "--brief", "-o", "json")
                .done();

        BsonDocument demo = run.result("demo");
        List<BsonDocument> results = demo.getArray("results").stream()
                .map(value -> value.asDocument())
                .toList();
        assertThat(demo.getBoolean("met").getValue()).isTrue();
        assertThat(demo.getArray("findings")).isEmpty();
        assertThat(results).hasSize(7).allSatisfy(result -> {
            assertThat(result.get("found")).isEqualTo(result.get("recorded"));
            assertThat(result.getDocument("found").getNumber("documents").longValue())
                    .isPositive();
        });
        assertThat(results)
                .anySatisfy(result ->
                        assertThat(result.getNumber("lostChanges").longValue()).isPositive());
        assertThat(run.documents().stream()
                        .filter(line -> line.getString("type").getValue().equals("step"))
                        .map(line -> line.getString("step").getValue()))
                .contains("load", "full backup", "DISASTER", "last good moment", "restore", "verify");
    }

    @Test
    void aSizeThatMakesNoSenseIsRefused() {
        shell.run("demo", "--documents", "5").failed(2, "5 documents", "take 100");
    }
}
