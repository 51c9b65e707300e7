package io.saccade.checks.access;

import static io.saccade.checks.access.SecuredKafka.CAMERA;
import static io.saccade.checks.access.SecuredKafka.CONSOLE;
import static io.saccade.checks.access.SecuredKafka.JOB;
import static io.saccade.checks.access.SecuredKafka.OPERATOR;
import static io.saccade.checks.access.SecuredKafka.READER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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

  @TempDir static Path folder;
  private static SecuredKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = SecuredKafka.start(folder);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static Map<String, Set<String>> tried(BiPredicate<String, String> may) {
    return SecuredKafka.USERS.stream()
        .collect(
            Collectors.toMap(
                user -> user,
                user ->
                    ALL.stream().filter(topic -> may.test(user, topic)).collect(Collectors.toSet()),
                (one, other) -> one,
                TreeMap::new));
  }

  @Test
  void everyoneWritesWhatIsHisAndIsRefusedAllElse() {
    assertThat(tried(AccessTest::mayWrite)).containsExactlyInAnyOrderEntriesOf(WRITES);
  }

  @Test
  void everyoneReadsWhatHeNeedsAndIsRefusedAllElse() {
    assertThat(tried(AccessTest::mayRead)).containsExactlyInAnyOrderEntriesOf(READS);
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
      // Without a record a fetch is answered as well, or refused.
      var unused = consumer.endOffsets(List.of(first));
      consumer.poll(Duration.ofMillis(300));
      return true;
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  /** False; what is not a refusal is a failure. */
  private static boolean refused(@Nullable Throwable problem) {
    if (problem instanceof AuthorizationException) {
      return false;
    }
    throw new IllegalStateException("a refusal was expected, but found " + problem, problem);
  }

  @Test
  void nobodyMakesTopicsOrGivesHimselfRights() throws Exception {
    for (String user : SecuredKafka.USERS) {
      try (Admin admin = Admin.create(kafka.clients(user))) {
        var topic = new NewTopic("saccade.more", 1, (short) 1);
        assertThatThrownBy(() -> admin.createTopics(List.of(topic)).all().get(10, TimeUnit.SECONDS))
            .as(user)
            .hasCauseInstanceOf(AuthorizationException.class);
        assertThatThrownBy(
                () -> admin.describeAcls(AclBindingFilter.ANY).values().get(10, TimeUnit.SECONDS))
            .as(user)
            .hasCauseInstanceOf(AuthorizationException.class);
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
      assertThatThrownBy(() -> admin.describeCluster().nodes().get(10, TimeUnit.SECONDS))
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
