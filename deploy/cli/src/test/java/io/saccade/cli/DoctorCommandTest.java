package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class DoctorCommandTest {
  private static final String BUNDLE = "../../models/gfnet/src/test/bundles/tiny";

  private static JsonNode json(Run run) throws Exception {
    return new ObjectMapper().readTree(run.out());
  }

  private static JsonNode finding(JsonNode report, String what) {
    for (JsonNode finding : report.get("findings")) {
      if (finding.get("what").asText().equals(what)) {
        return finding;
      }
    }
    throw new AssertionError("no finding '" + what + "' in " + report);
  }

  @Test
  void looksAtEverythingAndSaysWhatComesNext() {
    Run run = Run.saccade("doctor", "--bundle", BUNDLE);

    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("memory", "cores", "temporary", "work", "model", "ffmpeg", "loopback", "clock")
        .contains("Next: ./saccade quickstart");
  }

  @Test
  void endsWithOneWhenAPortThatIsWantedIsTaken() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          Run.saccade(
              "doctor", "--json", "--bundle", BUNDLE, "--ports", "" + socket.getLocalPort());

      assertThat(run.code()).isEqualTo(1);
      assertThat(json(run).get("well").asBoolean()).isFalse();
      assertThat(finding(json(run), "ports").get("state").asText()).isEqualTo("problem");
      assertThat(finding(json(run), "ports").get("advice").asText()).isNotBlank();
    }
  }

  @Test
  void findsABrokerThatIsNotThere() throws Exception {
    String address = "127.0.0.1:" + EmbeddedBroker.freePort();

    Run run = Run.saccade("doctor", "--json", "--bundle", BUNDLE, "--brokers", address);

    assertThat(run.code()).isEqualTo(1);
    assertThat(finding(json(run), "broker").get("found").asText())
        .startsWith(address + " does not answer: ")
        .doesNotContain("null");
  }

  @Test
  void refusesWhatCannotBeAPort() {
    assertThat(Run.saccade("doctor", "--ports", "70000").err())
        .contains("a port must be within [1, 65535], but was 70000");
  }

  @Test
  void looksAtTheBrokersTopics() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String address = broker.address();
      JsonNode bare = json(doctor(address, "saccade"));
      assertThat(finding(bare, "topics").get("found").asText())
          .contains("saccade.frames", "saccade.cameras", "missing");
      assertThat(finding(bare, "transactions").get("state").asText()).isEqualTo("ok");

      TopicPlan.keeping(2).create(address);
      Run good = doctor(address, "saccade");
      assertThat(good.code()).as(good.out()).isZero();
      assertThat(finding(json(good), "topics").get("state").asText()).isEqualTo("ok");
      assertThat(finding(json(good), "saccade.frames").get("state").asText()).isEqualTo("ok");

      assertThat(finding(json(good), "saccade.dead-letters").get("state").asText()).isEqualTo("ok");

      frameFromTheFuture(address);
      JsonNode future = finding(json(doctor(address, "saccade")), "saccade.frames");
      assertThat(future.get("state").asText()).isEqualTo("warning");
      assertThat(future.get("found").asText()).contains("s after now");

      makeWithoutSettings(address, Topics.withPrefix("plain"));
      JsonNode plain = json(doctor(address, "plain"));
      assertThat(finding(plain, "plain.control").get("found").asText())
          .isEqualTo("is not compacted");
      assertThat(finding(plain, "plain.frames").get("found").asText()).contains("1048588 bytes");
      assertThat(finding(plain, "plain.dead-letters").get("state").asText()).isEqualTo("ok");

      makeOfSize(address, "1000000", List.of("small.dead-letters"));
      JsonNode small = finding(json(doctor(address, "small")), "small.dead-letters");
      assertThat(small.get("state").asText()).isEqualTo("warning");
      assertThat(small.get("advice").asText()).contains("max.message.bytes=1048588");
    }
  }

  private static Run doctor(String address, String prefix) {
    return Run.saccade(
        "doctor", "--json", "--bundle", BUNDLE, "--brokers", address, "--topic-prefix", prefix);
  }

  private static void frameFromTheFuture(String address) {
    Map<String, Object> settings = Map.of("bootstrap.servers", address);
    long then = System.currentTimeMillis() + Duration.ofMinutes(5).toMillis();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(Topics.DEFAULT.frames(), 0, then, null, new byte[] {1}));
    }
  }

  /** As {@code kafka-topics.sh --create} makes them. */
  private static void makeWithoutSettings(String address, Topics topics) throws Exception {
    makeOfSize(address, "1048588", topics.all());
  }

  private static void makeOfSize(String address, String bytes, List<String> names)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      List<NewTopic> wanted =
          names.stream()
              .map(
                  name ->
                      new NewTopic(name, 1, (short) 1).configs(Map.of("max.message.bytes", bytes)))
              .toList();
      admin.createTopics(wanted).all().get();
    }
  }
}
