package io.saccade.checks.access;

import static io.saccade.checks.access.SecuredKafka.CAMERA;
import static io.saccade.checks.access.SecuredKafka.CONSOLE;
import static io.saccade.checks.access.SecuredKafka.JOB;
import static io.saccade.checks.access.SecuredKafka.OPERATOR;
import static io.saccade.checks.access.SecuredKafka.READER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.bench.camera.Waiting;
import io.saccade.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, asked of a real broker that holds the rights of {@code deploy/access}. */
@Timeout(180)
class AccessTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final List<String> ALL =
      List.of(
          TOPICS.frames(),
          TOPICS.labels(),
          TOPICS.events(),
          TOPICS.control(),
          TOPICS.status(),
          TOPICS.deadLetters(),
          TOPICS.cameras());

  private static final Set<String> SEEN_BY_THE_CONSOLE =
      Set.of(
          TOPICS.frames(),
          TOPICS.labels(),
          TOPICS.events(),
          TOPICS.status(),
          TOPICS.control(),
          TOPICS.cameras());

  private static final Map<String, Set<String>> WRITES =
      Map.of(
          CAMERA, Set.of(TOPICS.frames(), TOPICS.cameras()),
          JOB, Set.of(TOPICS.labels(), TOPICS.events(), TOPICS.deadLetters(), TOPICS.status()),
          CONSOLE, Set.of(),
          OPERATOR, Set.of(TOPICS.control()),
          READER, Set.of());

  private static final Map<String, Set<String>> READS =
      Map.of(
          CAMERA, Set.of(TOPICS.cameras()),
          JOB, Set.of(TOPICS.frames(), TOPICS.control(), TOPICS.status()),
          CONSOLE, SEEN_BY_THE_CONSOLE,
          OPERATOR, SEEN_BY_THE_CONSOLE,
          READER, Set.of(TOPICS.labels(), TOPICS.events()));

  private static final String GROUP_OF_THE_JOB = "saccade";
  private static final String GROUP_OF_A_READER = "saccade-reader-counts";
  private static final List<String> GROUPS =
      List.of(GROUP_OF_THE_JOB, GROUP_OF_A_READER, "saccade-other");

  private static final Map<String, Set<String>> IN_GROUPS =
      Map.of(
          CAMERA, Set.of(),
          JOB, Set.of(GROUP_OF_THE_JOB),
          CONSOLE, Set.of(),
          OPERATOR, Set.of(),
          READER, Set.of(GROUP_OF_A_READER));

  private static final String TRANSACTION_OF_THE_JOB = "saccade/saccade.labels-0-1";
  private static final List<String> TRANSACTIONS =
      List.of(TRANSACTION_OF_THE_JOB, "saccade-reader-counts", "other");

  @TempDir static Path folder;
  private static SecuredKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = SecuredKafka.start(folder);
    ByteArraySerializer bytes = new ByteArraySerializer();
    // Who may read sees something, however long it takes.
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka.clients("admin"), bytes, bytes)) {
      for (String topic : ALL) {
        var unused =
            producer
                .send(new ProducerRecord<>(topic, 0, "first".getBytes(UTF_8), new byte[] {1}))
                .get(30, TimeUnit.SECONDS);
      }
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static Map<String, Set<String>> tried(List<String> all, BiPredicate<String, String> may) {
    return SecuredKafka.USERS.stream()
        .collect(
            Collectors.toMap(
                user -> user,
                user -> all.stream().filter(it -> may.test(user, it)).collect(Collectors.toSet()),
                (one, other) -> one,
                TreeMap::new));
  }

  @Test
  void everyoneWritesWhatIsHisAndIsRefusedAllElse() {
    assertThat(tried(ALL, AccessTest::mayWrite)).containsExactlyInAnyOrderEntriesOf(WRITES);
  }

  @Test
  void everyoneReadsWhatHeNeedsAndIsRefusedAllElse() {
    assertThat(tried(ALL, AccessTest::mayRead)).containsExactlyInAnyOrderEntriesOf(READS);
  }

  private static boolean mayWrite(String user, String topic) {
    Map<String, Object> settings = kafka.clients(user);
    settings.put("max.block.ms", 10_000);
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer
          .send(new ProducerRecord<>(topic, "try".getBytes(UTF_8), new byte[] {1}))
          .get(20, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      return refused(e.getCause());
    } catch (RuntimeException e) {
      return refused(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean mayRead(String user, String topic) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(kafka.clients(user), bytes, bytes)) {
      TopicPartition first = new TopicPartition(topic, 0);
      consumer.assign(List.of(first));
      consumer.seek(first, 0);
      Waiting.until(
          user + " reads what there is in " + topic + " or is refused",
          Duration.ofSeconds(60),
          () -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
      return true;
    } catch (RuntimeException e) {
      return refused(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** False; what is not a refusal is a failure. */
  private static boolean refused(@Nullable Throwable problem) {
    if (problem instanceof AuthorizationException) {
      return false;
    }
    throw new IllegalStateException("a refusal was expected, but found " + problem, problem);
  }

  /** Who joins the job's group, or commits in it, takes partitions or the job's place from it. */
  @Test
  void everyoneIsInGroupsOfHisOwnAlone() {
    assertThat(tried(GROUPS, AccessTest::mayJoin)).containsExactlyInAnyOrderEntriesOf(IN_GROUPS);
    assertThat(tried(GROUPS, AccessTest::mayCommit)).containsExactlyInAnyOrderEntriesOf(IN_GROUPS);
  }

  private static boolean mayJoin(String user, String group) {
    try (KafkaConsumer<byte[], byte[]> consumer = inGroup(user, group)) {
      consumer.subscribe(List.of(readable(user)));
      Waiting.until(
          user + " joins " + group + " or is refused",
          Duration.ofSeconds(60),
          () -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
          });
      return true;
    } catch (RuntimeException e) {
      return refused(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean mayCommit(String user, String group) {
    try (KafkaConsumer<byte[], byte[]> consumer = inGroup(user, group)) {
      TopicPartition first = new TopicPartition(readable(user), 0);
      consumer.assign(List.of(first));
      consumer.commitSync(Map.of(first, new OffsetAndMetadata(0)));
      return true;
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  private static KafkaConsumer<byte[], byte[]> inGroup(String user, String group) {
    Map<String, Object> settings = kafka.clients(user);
    settings.put("group.id", group);
    settings.put("enable.auto.commit", false);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(settings, bytes, bytes);
  }

  /** A topic that he may read, so that it is the group that is refused. */
  private static String readable(String user) {
    return new TreeSet<>(READS.getOrDefault(user, Set.of())).first();
  }

  /** Who begins with the id of a transaction that the job has open ends it, and fences the job. */
  @Test
  void transactionsAreTheJobsAlone() {
    assertThat(tried(TRANSACTIONS, AccessTest::mayFence))
        .containsExactlyInAnyOrderEntriesOf(
            SecuredKafka.USERS.stream()
                .collect(
                    Collectors.toMap(
                        user -> user,
                        user -> user.equals(JOB) ? Set.of(TRANSACTION_OF_THE_JOB) : Set.of())));
  }

  private static boolean mayFence(String user, String transaction) {
    Map<String, Object> settings = kafka.clients(user);
    settings.put("transactional.id", transaction);
    settings.put("max.block.ms", 10_000);
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.initTransactions();
      return true;
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  @Test
  void nobodyDoesWhatIsAnAdministrators() {
    for (String user : SecuredKafka.USERS) {
      try (Admin admin = Admin.create(kafka.clients(user))) {
        Administration.attempts(user, ALL)
            .forEach(
                (what, attempt) ->
                    assertThatThrownBy(() -> attempt.asked(admin).get(20, TimeUnit.SECONDS))
                        .as("%s by %s", what, user)
                        .hasCauseInstanceOf(AuthorizationException.class));
      }
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    kafka.propertiesWithWrongPassword(OPERATOR);
    try (Admin admin = Admin.create(kafka.clients("wrong"))) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void whoDoesNotSpeakTlsIsNotAnswered() {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", kafka.address(),
                "default.api.timeout.ms", 2_000,
                "request.timeout.ms", 1_500))) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void strimzisUsersHaveTheSameRights() throws Exception {
    Set<String> granted = new TreeSet<>();
    try (Admin admin = Admin.create(kafka.clients("admin"))) {
      admin
          .describeAcls(AclBindingFilter.ANY)
          .values()
          .get(10, TimeUnit.SECONDS)
          .forEach(it -> granted.add(described(it)));
    }
    assertThat(granted).hasSizeGreaterThan(40).isEqualTo(KafkaUsers.rights());
  }

  private static String described(AclBinding right) {
    ResourcePattern on = right.pattern();
    assertThat(right.entry().permissionType()).isEqualTo(AclPermissionType.ALLOW);
    assertThat(right.entry().host()).isEqualTo("*");
    return "%s may %s %s %s %s"
        .formatted(
            right.entry().principal(),
            right.entry().operation(),
            on.resourceType(),
            on.patternType(),
            on.name());
  }
}
