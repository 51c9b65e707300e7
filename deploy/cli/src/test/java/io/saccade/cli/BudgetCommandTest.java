package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.console.control.ControlDesk;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.Tail;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.Control;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BudgetCommandTest {
  private static @Nullable EmbeddedBroker broker;
  private static @Nullable KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    if (producer != null) {
      producer.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private static String address() {
    return Objects.requireNonNull(broker).address();
  }

  private static Topics topics(String prefix) throws InterruptedException {
    Topics topics = Topics.withPrefix(prefix);
    TopicPlan.passing(1).named(topics).create(address());
    return topics;
  }

  private static void send(String topic, byte[] value) throws Exception {
    Objects.requireNonNull(producer)
        .send(new ProducerRecord<>(topic, Control.KEY.getBytes(StandardCharsets.UTF_8), value))
        .get();
  }

  private static Run budget(String prefix, String... arguments) {
    String[] all = new String[arguments.length + 5];
    all[0] = "budget";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--brokers";
    all[arguments.length + 2] = address();
    all[arguments.length + 3] = "--topic-prefix";
    all[arguments.length + 4] = prefix;
    return Run.saccade(all);
  }

  private static Control newest(Topics topics) {
    try (ControlDesk desk = new ControlDesk(address(), topics)) {
      return desk.newest().orElseThrow();
    }
  }

  private static Status status(String kind, long epoch, @Nullable String reason) {
    return status(null, kind, epoch, reason);
  }

  private static Status status(
      @Nullable String job, String kind, long epoch, @Nullable String reason) {
    Status.From from = new Status.From(0, 1, System.currentTimeMillis(), epoch, job);
    return kind.equals(Status.DECISION)
        ? Status.decision(
            from,
            null,
            new Status.Settings(0.7, 150_000_000, 900_000_000, 10_000_000_000L, 500_000_000),
            null,
            List.of(),
            new Status.Decided(1, 1, 60, 60, 5e6, 1),
            null)
        : Status.answer(from, kind, reason);
  }

  @Test
  void writesTheWholeSettingsAndSaysThatNoJobAnswers() throws Exception {
    Topics topics = topics("alone");

    Run run = budget("alone", "set", "--cores", "0.5", "--operator", "ada");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("0.5 cores").contains("no job runs at " + address());
    assertThat(newest(topics)).isEqualTo(new Control(Control.SCHEMA, 1, "ada", 0.5, 200, 800));
  }

  @Test
  void changesOnlyWhatIsNamedAndRaisesTheEpoch() throws Exception {
    Topics topics = topics("partly");
    send(
        topics.control(),
        JsonCodec.CONTROL.encode(new Control(Control.SCHEMA, 41, "bob", 0.9, 300, 700)));

    budget("partly", "set", "--max-age", "1s", "--operator", "ada");

    assertThat(newest(topics)).isEqualTo(new Control(Control.SCHEMA, 42, "ada", 0.9, 300, 1_000));
  }

  @Test
  void takesOverWhatTheJobWasStartedWith() throws Exception {
    Topics topics = topics("started");
    send(topics.status(), JsonCodec.STATUS.encode(status(Status.DECISION, 0, null)));

    budget("started", "set", "--max-age", "1s", "--operator", "ada");

    assertThat(newest(topics)).isEqualTo(new Control(Control.SCHEMA, 1, "ada", 0.7, 150, 1_000));
  }

  @Test
  void passesOverRecordsThatAreNoSettings() throws Exception {
    Topics topics = topics("garbage");
    send(
        topics.control(),
        JsonCodec.CONTROL.encode(new Control(Control.SCHEMA, 7, "bob", 0.9, 300, 700)));
    send(topics.control(), "{not json".getBytes(StandardCharsets.UTF_8));

    budget("garbage", "set", "--cores", "2", "--operator", "ada");

    assertThat(newest(topics)).isEqualTo(new Control(Control.SCHEMA, 8, "ada", 2, 300, 700));
  }

  @Test
  void tellsThatTheJobAccepted() throws Exception {
    Topics topics = topics("accepted");
    try (Tail job =
        answering(topics, control -> status(Status.CONTROL_ACCEPTED, control.epoch(), null))) {
      send(topics.status(), JsonCodec.STATUS.encode(status(Status.DECISION, 0, null)));

      Run run = budget("accepted", "set", "--cores", "0.5");

      assertThat(run.code()).isZero();
      assertThat(run.out())
          .containsPattern("accepted by the job: in force on its subtask after \\d\\.\\d\\d s");
      assertThat(job).isNotNull();
    }
  }

  @Test
  void failsWhenTheJobRefuses() throws Exception {
    Topics topics = topics("refused");
    try (Tail job =
        answering(topics, control -> status(Status.CONTROL_REFUSED, 0, "more than there is"))) {
      send(topics.status(), JsonCodec.STATUS.encode(status(Status.DECISION, 0, null)));

      Run run = budget("refused", "set", "--cores", "0.6");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("refused: more than there is");
      assertThat(job).isNotNull();
    }
  }

  @Test
  void takesARefusalOfSomebodyElsesSettingsForWhatItIs() throws Exception {
    Topics topics = topics("foreign");
    try (Tail job =
        answering(
            topics,
            control -> status(Status.CONTROL_REFUSED, 0, "somebody else's"),
            control -> status(Status.CONTROL_ACCEPTED, control.epoch(), null))) {
      send(topics.status(), JsonCodec.STATUS.encode(status(Status.DECISION, 0, null)));

      Run run = budget("foreign", "set", "--cores", "0.5");

      assertThat(run.code()).isZero();
      assertThat(run.out()).contains("accepted by the job");
      assertThat(job).isNotNull();
    }
  }

  @Test
  void reportsEachOfTheJobsThatShareTheTopics() throws Exception {
    Topics topics = topics("shared");
    try (Tail jobs =
        answering(
            topics,
            control -> status("day", Status.CONTROL_ACCEPTED, control.epoch(), null),
            control -> status("night", Status.CONTROL_REFUSED, 0, "more than there is"))) {
      send(topics.status(), JsonCodec.STATUS.encode(status("day", Status.DECISION, 0, null)));
      send(topics.status(), JsonCodec.STATUS.encode(status("night", Status.DECISION, 0, null)));

      Run run = budget("shared", "set", "--cores", "0.5");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).contains("accepted by job day: in force on its subtask");
      assertThat(run.err()).contains("job night refused: more than there is");
      assertThat(jobs).isNotNull();
    }
  }

  @Test
  void saysWhichJobHasNotAnswered() throws Exception {
    Topics topics = topics("mute");
    try (Tail day =
        answering(
            topics, control -> status("day", Status.CONTROL_ACCEPTED, control.epoch(), null))) {
      send(topics.status(), JsonCodec.STATUS.encode(status("day", Status.DECISION, 0, null)));
      send(topics.status(), JsonCodec.STATUS.encode(status("night", Status.DECISION, 0, null)));

      Run run = budget("mute", "set", "--cores", "0.5");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).contains("accepted by job day: in force on its subtask");
      assertThat(run.err())
          .contains("job night runs, but has not answered within 4 s; the settings stay for it");
      assertThat(day).isNotNull();
    }
  }

  @Test
  void failsWhenOnlySomeSubtasksFollow() throws Exception {
    Topics topics = topics("half");
    try (Tail job =
        answering(
            topics,
            control ->
                Status.answer(
                    new Status.From(1, 2, System.currentTimeMillis(), control.epoch()),
                    Status.CONTROL_ACCEPTED,
                    null))) {
      send(topics.status(), JsonCodec.STATUS.encode(status(Status.DECISION, 0, null)));

      Run run = budget("half", "set", "--cores", "0.5");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("accepted by 1 of 2 subtasks of the job within 4 s");
      assertThat(job).isNotNull();
    }
  }

  /** Answers each control record as a job of one subtask would. */
  @SafeVarargs
  private static Tail answering(Topics topics, Function<Control, Status>... answers) {
    return Tail.from(
        address(),
        List.of(topics.control()),
        record -> {
          Control control = JsonCodec.CONTROL.decode(record.value());
          for (Function<Control, Status> answer : answers) {
            byte[] status = JsonCodec.STATUS.encode(answer.apply(control));
            var unused =
                Objects.requireNonNull(producer)
                    .send(new ProducerRecord<>(topics.status(), status));
          }
        });
  }

  @Test
  void showsWhatIsWrittenAndWhatRuns() throws Exception {
    Topics topics = topics("shown");
    assertThat(budget("shown", "show").out()).contains("nothing yet").contains("no job");
    send(
        topics.control(),
        JsonCodec.CONTROL.encode(new Control(Control.SCHEMA, 3, "bob", 0.7, 150, 900)));
    send(topics.status(), JsonCodec.STATUS.encode(status(Status.DECISION, 3, null)));

    Run run = budget("shown", "show");

    assertThat(run.out())
        .contains("written: 0.7 cores, target age 150 ms, maximum age 900 ms")
        .contains("audits 1% (epoch 3, by bob)")
        .contains("running: 0.7 cores, target age 150 ms, maximum age 900 ms, audits 1%")
        .contains("subtask 0: may use 0.700 cores, offered 60 frames/s");
  }

  @Test
  void showsWhatIsUsedInTheUnitOfTheBudget() throws Exception {
    Topics topics = topics("used");
    sendThreeTicks(topics, null);

    assertThat(budget("used", "show").out())
        .contains("may use 8.000e+09 multiply-adds per second and used 8.800e+09, offered 60");
  }

  @Test
  void showsEachJobByItself() throws Exception {
    Topics topics = topics("two");
    sendThreeTicks(topics, "day");
    sendThreeTicks(topics, "night");

    String shown = budget("two", "show").out();

    assertThat(shown).contains("running, job day: 8.000e+09", "running, job night: 8.000e+09");
    assertThat(shown.split("and used 8.800e\\+09, offered 60", -1)).hasSize(3);
  }

  private static void sendThreeTicks(Topics topics, @Nullable String job) throws Exception {
    long now = System.currentTimeMillis();
    for (long at : new long[] {now - 200, now - 100, now}) {
      send(
          topics.status(),
          JsonCodec.STATUS.encode(
              Status.decision(
                  new Status.From(0, 1, at, 3, job),
                  "LAW",
                  new Status.Settings(
                      0.95, 150_000_000, 900_000_000, 1, 1, Status.Settings.MULTIPLY_ADDS, 8e9),
                  new Status.Seen(
                      at * 1_000_000, 9, 0, 0, 9, 1, 8, 1, 4, 1, 50_000_000, 60_000_000),
                  List.of(),
                  new Status.Decided(1, 1, 60, 60, 5e6, 1),
                  new Status.Nominal(1e6, 2e6, 2e6, 70e6, 80e6))));
    }
  }

  @Test
  void showsWhatEachSubtaskCouldUseAndHowRightAnswersAre() throws Exception {
    Topics topics = topics("news");
    send(topics.status(), JsonCodec.STATUS.encode(status("saccade", Status.DECISION, 0, null)));
    Status news =
        Status.news(
            new Status.From(0, 1, System.currentTimeMillis(), 0, "saccade"),
            new Status.Demand(60, 0.25, 0.61, 0.95, 1, false),
            new Status.Accuracy(40, 0.9, 0.8, 0.95, 0.7, 0.5, 0.85));
    send(topics.status(), JsonCodec.STATUS.encode(news));

    assertThat(budget("news", "show").out())
        .contains("could use 0.610 cores for every look, 0.250 for glances")
        .contains("40 audits: 90% agree with the final answer (80 to 95%)")
        .contains("about 70% of answers are right (50 to 85%)");
  }

  @Test
  void setsBudgetsOfOtherKindsAndWhatHoldsForCameras() throws Exception {
    Topics topics = topics("kinds");

    budget("kinds", "set", "--multiply-adds", "8e9", "--operator", "ada");
    assertThat(newest(topics).budgetMultiplyAddsPerSecond()).isEqualTo(8e9);
    assertThat(newest(topics).budgetCores()).isNull();

    budget("kinds", "set", "--camera", "yard=weight:2,cap:30%", "--camera", "gate=cap:0.5");
    budget("kinds", "set", "--camera", "yard=weight:3", "--camera", "gate=usual", "--audit", "2%");
    assertThat(newest(topics).cameras()).isEqualTo(Map.of("yard", new Control.Camera(3, 0.3)));
    assertThat(newest(topics).auditShare()).isEqualTo(0.02);
    assertThat(newest(topics).budgetMultiplyAddsPerSecond()).isEqualTo(8e9);
    assertThat(budget("kinds", "show").out())
        .contains("8.000e+09 multiply-adds per second")
        .contains("audits 2%; yard: weight 3.0, at most 30% of the budget");

    budget("kinds", "set", "--latency-only");
    assertThat(newest(topics).budgetMultiplyAddsPerSecond()).isNull();
    assertThat(newest(topics).budgetCores()).isNull();
    assertThat(newest(topics).epoch()).isEqualTo(4);
  }

  @Test
  void saysWhatIsWrongWithTermsAndBudgets() {
    assertThat(budget("any", "set", "--camera", "yard").err())
        .contains("expected NAME=weight:W,cap:C or NAME=usual")
        .contains("but was 'yard'");
    assertThat(budget("any", "set", "--audit", "much").err())
        .contains("expected a share such as 1% or 0.01, but was 'much'");
    assertThat(budget("any", "set", "--cores", "1", "--latency-only").err())
        .contains("at most one of --cores, --multiply-adds, --latency-only must be given, but 2");
    assertThat(budget("any", "set").err()).contains("at least one of --cores").contains("none was");
  }

  @Test
  void refusesSettingsOutOfRangeBeforeWritingThem() throws Exception {
    Topics topics = topics("range");

    Run run = budget("range", "set", "--cores", "-1");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("budgetCores must be finite and above 0, but was -1.0");
    try (ControlDesk desk = new ControlDesk(address(), topics)) {
      assertThat(desk.newest()).isEmpty();
    }
  }

  @Test
  void doesNotWriteMoreThanTheRunningJobCanUse() throws Exception {
    Topics topics = topics("much");
    send(topics.status(), JsonCodec.STATUS.encode(status(Status.DECISION, 0, null)));

    Run run = budget("much", "set", "--cores", "64");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("at most 0.95 cores for 1 subtask").contains("but was 64.0");
    try (ControlDesk desk = new ControlDesk(address(), topics)) {
      assertThat(desk.newest()).isEmpty();
    }
  }

  @Test
  void aDeskWhoseBrokerIsGoneSaysSo() throws Exception {
    Topics topics = Topics.withPrefix("gone");
    EmbeddedBroker other = EmbeddedBroker.start();
    try {
      TopicPlan.passing(1).named(topics).create(other.address());
      try (ControlDesk desk = new ControlDesk(other.address(), topics)) {
        assertThat(desk.running(System.currentTimeMillis()).none()).isTrue();
        other.close();

        assertThatThrownBy(() -> desk.running(System.currentTimeMillis()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "a Kafka broker must answer at %s, but none did within 8 s"
                    .formatted(other.address()));
      }
    } finally {
      other.close();
    }
  }

  @Test
  void namesATopicThatIsMissing() {
    Run run = budget("missing", "set", "--cores", "1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("topic missing.status must exist at " + address())
        .doesNotContain("\tat ");
  }
}
