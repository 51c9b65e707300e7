package io.saccade.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.budget.Budget;
import io.saccade.budget.ControllerKind;
import io.saccade.job.kafka.StartFrom;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class JobCommandTest {

  @Test
  void withoutArgumentsTheOptionsAreTheDefaults() {
    assertThat(parsed()).isEqualTo(JobOptions.builder().build());
  }

  @Test
  void everyOptionIsRead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("client.properties"), "sasl.mechanism=PLAIN\n");
    JobOptions options =
        parsed(
            "--brokers",
            "b:1",
            "--topic-prefix",
            "p",
            "--bundle",
            "/m",
            "--bundle-sha256",
            "a1".repeat(32),
            "--budget-cores",
            "1.5",
            "--audit",
            "2%",
            "--parallelism",
            "2",
            "--target-age",
            "0.1s",
            "--max-age",
            "1m",
            "--controller",
            "fixed",
            "--position",
            "3.5",
            "--delivery",
            "exactly-once",
            "--group",
            "g",
            "--start-from",
            "earliest",
            "--create-topics",
            "--frame-partitions",
            "8",
            "--kafka-properties",
            file.toString(),
            "--checkpoint-interval",
            "2s",
            "--checkpoint-dir",
            "/c",
            "--transaction-timeout",
            "5m",
            "--longest-downtime",
            "1m",
            "--smoothing",
            "1s",
            "--silent-after",
            "10s");
    assertThat(options)
        .isEqualTo(
            JobOptions.builder()
                .brokers("b:1")
                .topicPrefix("p")
                .bundle(Path.of("/m"))
                .bundleSha256("a1".repeat(32))
                .budgetCores(1.5)
                .auditShare(0.02)
                .parallelism(2)
                .targetAgeMillis(100)
                .maxAgeMillis(60_000)
                .controller(ControllerKind.FIXED)
                .fixedAt(3.5)
                .delivery(Delivery.EXACTLY_ONCE)
                .groupId("g")
                .startFrom(StartFrom.EARLIEST)
                .createTopics(true)
                .framePartitions(8)
                .clientProperties(Map.of("sasl.mechanism", "PLAIN"))
                .checkpointIntervalMillis(2_000)
                .checkpointDirectory(Path.of("/c"))
                .transactionTimeoutMillis(300_000)
                .longestDowntimeMillis(60_000)
                .smoothingMillis(1_000)
                .silentAfterMillis(10_000)
                .build());
  }

  @Test
  void aCheckpointDirectoryMayBeElsewhere() {
    assertThat(parsed("--checkpoint-dir", "s3://bucket/x").checkpointDirectory())
        .isEqualTo("s3://bucket/x");
    assertThat(parsed("--checkpoint-dir", "c").checkpointDirectory())
        .isEqualTo("file:" + Path.of("c").toAbsolutePath());
  }

  @Test
  void wrongValuesAreWrongUsage() {
    assertThatThrownBy(() -> parsed("--budget-cores", "3", "--frame-partitions", "0"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("but was 3.0")
        .hasMessageContaining("frame partitions must be within [1, 10000], but was 0");
    assertThatThrownBy(() -> parsed("--max-age", "soon"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("such as 200ms or 1.5s, but was 'soon'");
    assertThatThrownBy(() -> parsed("--bundle-sha256", "A1".repeat(32)))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("manifest must be 64 lower-case hex digits, but was 'A1A1");
    assertThatThrownBy(() -> parsed("--delivery", "twice"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("expected one of at-least-once, exactly-once, but was 'twice'");
    assertThatThrownBy(() -> parsed("--client-properties", "/not/there"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("Kafka properties must be a readable file, but was /not/there");
  }

  @Test
  void aBudgetMayBeOfAnotherKindOrNone() {
    assertThat(parsed("--multiply-adds", "8e9").budget().budget())
        .isEqualTo(Budget.multiplyAdds(8e9));
    assertThat(parsed("--latency-only").budget().budget()).isEqualTo(Budget.LATENCY_ONLY);
    assertThat(parsed("--audit", "0").budget().auditShare()).isZero();
  }

  @Test
  void twoBudgetsAreWrongUsage() {
    assertThatThrownBy(() -> parsed("--multiply-adds", "8e9", "--budget-cores", "0.5"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("at most one of --budget-cores, --multiply-adds, --latency-only");
    assertThatThrownBy(() -> parsed("--multiply-adds", "-1", "--audit", "30%"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("budget must be above 0 multiply-adds per second, but was -1.0")
        .hasMessageContaining("share of audits must be within [0, 0.2], but was 0.3");
  }

  @Test
  void wrongUsageExitsWithTwo() {
    CommandLine line = new CommandLine(new JobCommand());
    line.setErr(new PrintWriter(new StringWriter()));
    assertThat(line.execute("--budget-cores", "3")).isEqualTo(2);
    assertThat(line.execute("--no-such-option")).isEqualTo(2);
  }

  @Test
  void exactlyOnceWithoutAFolderToGoOnFromIsWrongUsage() {
    assertThat(complaint("--delivery", "exactly-once"))
        .contains("exactly-once must come with a folder of this machine as --checkpoint-dir")
        .contains("but none was given");
    assertThat(complaint("--delivery", "exactly-once", "--checkpoint-dir", "s3://bucket/x"))
        .contains("but was s3://bucket/x");
  }

  /** What wrong usage is answered with. */
  private static String complaint(String... args) {
    CommandLine line = new CommandLine(new JobCommand());
    StringWriter said = new StringWriter();
    line.setErr(new PrintWriter(said));
    assertThat(line.execute(args)).isEqualTo(2);
    return said.toString();
  }

  @Test
  void helpHasAnExampleAndTheDefaults() {
    String help = new CommandLine(new JobCommand()).getUsageMessage();
    assertThat(help)
        .contains("Example: saccade job --brokers")
        .contains("127.0.0.1:19092")
        .contains("Default: 0.8")
        .contains("A record on PREFIX.control overrides it.")
        .contains("Exit codes: 0 done, 1 failed, 2 wrong usage.");
  }

  private static JobOptions parsed(String... args) {
    JobCommand command = new JobCommand();
    new CommandLine(command).parseArgs(args);
    return command.options();
  }

  @Test
  void metricsAreServedAtAnAddressOfThisMachine() {
    assertThat(MetricsPage.configuration("127.0.0.1", 9249).toMap())
        .containsEntry("metrics.reporter.page.host", "127.0.0.1")
        .containsEntry("metrics.reporter.page.port", "9249");
    assertThatThrownBy(() -> MetricsPage.configuration("127.0.0.1", 0))
        .hasMessage("metrics port must be within [1, 65535], but was 0");
    assertThatThrownBy(() -> MetricsPage.configuration("no such host", 9249))
        .hasMessage("metrics host must be an address of this machine, but was no such host");
  }

  @Test
  void aPasswordThatIsWrittenOutIsToldFromOneThatIsReferredTo() {
    assertThat(
            Passwords.writtenOut(
                Map.of(
                    "sasl.mechanism",
                    "SCRAM-SHA-512",
                    "sasl.jaas.config",
                    "x password=\"geheim\";",
                    "ssl.truststore.password",
                    "geheim")))
        .contains("sasl.jaas.config, ssl.truststore.password");
    assertThat(Passwords.writtenOut(Map.of("sasl.jaas.config", "x password=\"${file:/s:job}\";")))
        .isEmpty();
  }

  @Test
  void aReferenceForTheUsersNameHidesNoPassword() {
    for (String writtenOut :
        List.of(
            "x required username=\"${dir:/s:user}\" password=\"geheim\";",
            "x required password='geheim' username=\"${dir:/s:user}\";",
            "x required clientId=\"${dir:/s:user}\" clientSecret = geheim;",
            "x required username=\"${dir:/s:user}\"\n password=geheim;")) {
      assertThat(Passwords.writtenOut(Map.of("sasl.jaas.config", writtenOut)))
          .as(writtenOut)
          .contains("sasl.jaas.config");
    }
    for (String referred :
        List.of(
            "${dir:/s:sasl.jaas.config}",
            "x required username=\"job\" password=\"${dir:/s:password}\";",
            "x required username=\"job\" password=${env:PASSWORD};",
            "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true keyTab=\"/s/k\";")) {
      assertThat(Passwords.writtenOut(Map.of("sasl.jaas.config", referred))).as(referred).isEmpty();
    }
  }

  @Test
  void everySettingThatKafkaCallsAPasswordIsOne() {
    assertThat(
            Passwords.writtenOut(
                Map.of(
                    "ssl.keystore.key",
                    "geheim",
                    "sasl.oauthbearer.client.credentials.client.secret",
                    "geheim",
                    "config.providers.vault.param.password",
                    "geheim",
                    "ssl.keystore.location",
                    "/s/k")))
        .contains(
            "config.providers.vault.param.password,"
                + " sasl.oauthbearer.client.credentials.client.secret, ssl.keystore.key");
  }
}
