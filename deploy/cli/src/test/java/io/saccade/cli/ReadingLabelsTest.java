package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The statements of docs/reading-labels.md, in Flink SQL, against labels on a broker. */
@Timeout(120)
class ReadingLabelsTest {
  private static final long START = 1_700_000_000_000L;

  private static Label label(String camera, long offset, String outcome, String seen) {
    boolean classified = outcome.equals(Label.CLASSIFIED);
    Label.Look look = new Label.Look(0, 0, 300, 300, 0.8f, 2500);
    return new Label(
        Label.SCHEMA,
        camera,
        offset,
        0,
        offset,
        START + offset * 100,
        outcome,
        classified ? "confident" : "thinned",
        classified ? List.of(new Label.Ranked(seen, 0.8f)) : List.of(),
        classified ? List.of(look, look) : List.of(),
        classified ? List.of(0.7f, 0.7f) : List.of(),
        1.5,
        3,
        800,
        classified ? 5000 : 0,
        10,
        20,
        "tiny",
        "00ff");
  }

  private static void write(String brokers, List<Label> labels) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Label label : labels) {
        producer
            .send(new ProducerRecord<>(Topics.DEFAULT.labels(), JsonCodec.LABEL.encode(label)))
            .get();
      }
    }
  }

  /** As the page has them, but for the broker, and an end at what is there now. */
  private static List<String> statements(String brokers) throws Exception {
    return Docs.blocks("reading-labels.md", "sql").stream()
        .map(Docs.Block::text)
        .filter(text -> !text.contains("STREAM"))
        .map(
            text ->
                text.strip()
                    .replaceFirst(";$", "")
                    .replace("127.0.0.1:19092", brokers)
                    .replace(
                        "'format' = 'json'",
                        "'scan.bounded.mode' = 'latest-offset', 'format' = 'json'"))
        .toList();
  }

  /** What a statement comes to once all its changes are taken together, by its first columns. */
  private static Map<List<Object>, Row> outcome(TableEnvironment sql, String query, int keys)
      throws Exception {
    Map<List<Object>, Row> outcome = new LinkedHashMap<>();
    CloseableIterator<Row> rows = sql.executeSql(query).collect();
    rows.forEachRemaining(
        row -> {
          List<Object> key = new ArrayList<>();
          for (int i = 0; i < keys; i++) {
            key.add(row.getField(i));
          }
          if (row.getKind() == RowKind.DELETE) {
            outcome.remove(key);
          } else if (row.getKind() != RowKind.UPDATE_BEFORE) {
            outcome.put(key, row);
          }
        });
    rows.close();
    return outcome;
  }

  @Test
  void flinkSqlReadsLabelsAsThePageSays() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      TopicPlan.keeping(1).create(broker.address());
      write(
          broker.address(),
          List.of(
              label("yard", 0, Label.CLASSIFIED, "bolt"),
              label("yard", 1, Label.CLASSIFIED, "bolt"),
              label("yard", 1, Label.CLASSIFIED, "bolt"),
              label("yard", 2, Label.CLASSIFIED, "nut"),
              label("gate", 3, Label.SHED, ""),
              label("gate", 4, Label.SHED, ""),
              label("gate", 5, Label.CLASSIFIED, "nut")));
      TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
      List<String> statements = statements(broker.address());
      assertThat(statements).hasSize(3);
      sql.executeSql(statements.get(0));

      Map<List<Object>, Row> seen = outcome(sql, statements.get(1), 2);
      assertThat(seen.keySet())
          .containsExactlyInAnyOrder(
              List.of("yard", "bolt"), List.of("yard", "nut"), List.of("gate", "nut"));
      Row bolts = Objects.requireNonNull(seen.get(List.of("yard", "bolt")));
      assertThat(bolts.getField("frames")).as("the copy counts once").isEqualTo(2L);
      assertThat(String.valueOf(bolts.getField("looks"))).startsWith("2.0");

      Map<List<Object>, Row> shed = outcome(sql, statements.get(2), 2);
      assertThat(shed).hasSize(1);
      Row gate = shed.values().iterator().next();
      assertThat(gate.getField("camera")).isEqualTo("gate");
      assertThat(gate.getField("frames")).isEqualTo(3L);
      assertThat(gate.getField("shed")).isEqualTo(2L);
    }
  }
}
