package io.saccade.console.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.saccade.console.scene.Note;
import io.saccade.console.scene.Records;
import io.saccade.wire.Control;
import io.saccade.wire.Event;
import io.saccade.wire.Label;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an open page gets, read from the real server. */
@Timeout(60)
class LiveStreamTest {
  private static final byte[] IMAGE = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};
  private static final byte[] OTHER = {(byte) 0xFF, (byte) 0xD8, 9};

  @TempDir Path folder;

  private static Label seen(String camera, long offset) {
    return Records.seen(camera, offset, System.currentTimeMillis());
  }

  @Test
  void sendsAPictureWithTheLooksAtThatVeryFrame() throws Exception {
    try (Served served = Served.open();
        OpenPage page = OpenPage.of(served, "")) {
      Label label = seen("yard", 7);
      served.shows(label, IMAGE);
      page.look(page.nextState().json().path("viewer").asText(), "yard");

      OpenPage.Message picture = page.nextPicture();

      assertThat(picture.image()).isEqualTo(IMAGE);
      assertThat(picture.json().path("camera").asText()).isEqualTo("yard");
      assertThat(picture.json().path("offset").asLong()).isEqualTo(7);
      assertThat(picture.json().path("boxes").toString())
          .isEqualTo("[[0,4,32,32,0.5],[8,4,32,32,0.6]]");
      assertThat(picture.json().path("classes").get(0).get(0).asText()).isEqualTo("nut");
    }
  }

  @Test
  void tellsWhetherKafkaIsHeardAndWhyNot() throws Exception {
    try (Served served = Served.open();
        OpenPage page = OpenPage.of(served, "")) {
      assertThat(page.nextState().json().at("/kafka/reason").asText())
          .isEqualTo("no Kafka broker has answered yet");

      assertThat(served.scene.contact().made()).isTrue();
      assertThat(served.scene.contact().made()).isFalse();
      page.nextState(); // May have been made before.
      assertThat(page.nextState().json().at("/kafka/ready").asBoolean()).isTrue();

      assertThat(served.scene.contact().lost("it is off")).isTrue();
      assertThat(served.scene.contact().lost("it is off")).isFalse();
      page.nextState();
      JsonNode kafka = page.nextState().json().path("kafka");
      assertThat(kafka.path("ready").asBoolean()).isFalse();
      assertThat(kafka.path("reason").asText()).isEqualTo("it is off");
    }
  }

  @Test
  void tellsNoAccuracyOfAModelThatItDoesNotKnow() throws Exception {
    try (Served served = Served.open();
        OpenPage page = OpenPage.of(served, "")) {
      long now = System.currentTimeMillis();
      served.chronicle.hear(Records.decision(now, 1), now);
      served.shows(seen("yard", 7), IMAGE);
      page.nextState(); // May have been made before.
      JsonNode known = page.nextState().json().path("budget");
      assertThat(known.has("frontier")).isTrue();
      assertThat(known.has("here")).isTrue();
      assertThat(known.has("otherModel")).isFalse();

      String other = "doors";
      Label label = Records.label("yard", 8, now, Label.CLASSIFIED, "confident", 1, other);
      served.chronicle.hear(withHash(label, "0123456789abcdef"), now);
      page.nextState();
      JsonNode unknown = page.nextState().json().path("budget");

      assertThat(unknown.path("otherModel").asText()).isEqualTo(other);
      assertThat(unknown.path("model").asText()).isEqualTo("runway");
      assertThat(unknown.has("frontier")).isFalse();
      assertThat(unknown.has("here")).isFalse();
      assertThat(unknown.path("cores").asDouble()).isEqualTo(0.5);
      assertThat(unknown.path("offered").asDouble()).isEqualTo(100);
    }
  }

  private static Note withHash(Label label, String sha256) {
    Note it = Note.of(label);
    return new Note(
        it.camera(),
        it.place(),
        it.capturedMillis(),
        it.outcome(),
        it.reason(),
        it.best(),
        it.confidence(),
        it.looks(),
        it.ageMillis(),
        it.model(),
        sha256);
  }

  @Test
  void sendsAPictureOnce() throws Exception {
    try (Served served = Served.open();
        OpenPage page = OpenPage.of(served, "")) {
      served.shows(seen("yard", 7), IMAGE);
      page.look(page.nextState().json().path("viewer").asText(), "yard");
      page.nextPicture();

      assertThat(page.next().isPicture()).isFalse();
      assertThat(page.next().isPicture()).isFalse();
      served.shows(seen("yard", 8), OTHER);
      assertThat(page.nextPicture().image()).isEqualTo(OTHER);
    }
  }

  @Test
  void sendsNoPictureOfATileOutOfSight() throws Exception {
    try (Served served = Served.open();
        OpenPage page = OpenPage.of(served, "")) {
      served.shows(seen("gate", 6), OTHER);
      served.shows(seen("yard", 7), IMAGE);
      page.look(page.nextState().json().path("viewer").asText(), "yard");

      assertThat(page.nextPicture().image()).isEqualTo(IMAGE);
      assertThat(page.next().isPicture()).isFalse();
    }
  }

  @Test
  void aCameraThatIsNotAllowedIsNowhere() throws Exception {
    try (Served served = Served.withTokens(folder)) {
      served.shows(seen("gate", 6), OTHER);
      served.shows(seen("yard", 7), IMAGE);
      for (String camera : List.of("gate", "yard")) {
        served.chronicle.hear(new Event(1, camera, Event.SILENT, "nut", null, 1, 1, 0, 0), 1);
      }
      Map<String, Control.Camera> terms =
          Map.of("gate", new Control.Camera(2, 1), "yard", new Control.Camera(3, 1));
      served.chronicle.hear(
          new Control(Control.SCHEMA, 1, "ada", 0.5, null, 100, 400, 0.01, terms));

      try (OpenPage page = OpenPage.of(served, Served.BOB)) {
        OpenPage.Message first = page.nextState();
        String viewer = first.json().path("viewer").asText();
        Asking.Answer refused = page.look(viewer, "yard", "gate");
        Asking.Answer granted = page.look(viewer, "yard");

        assertThat(first.cameras()).containsExactly("yard");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("bob may not see gate");
        assertThat(granted.status()).isEqualTo(200);
        assertThat(page.nextPicture().image()).isEqualTo(IMAGE);
        assertThat(page.next().isPicture()).isFalse();
        assertThat(first.json().path("budget").path("terms").size()).isEqualTo(1);
        assertThat(first.json().path("marks").findValuesAsText("camera"))
            .contains("yard")
            .doesNotContain("gate");
        assertThat(first.json().toString()).doesNotContain("gate");
      }
    }
  }

  @Test
  void anOperatorOfSomeCamerasSetsTheTermsOfNoOther() throws Exception {
    try (Served served = Served.withTokens(folder)) {
      Asking.Answer answer =
          served.ask(Served.EVE).post("/api/budget", "{\"cameras\": {\"gate\": {\"weight\": 2}}}");

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("eve may not set the terms of gate");
    }
  }

  @Test
  void nobodyTellsWhatAnotherSees() throws Exception {
    try (Served served = Served.withTokens(folder);
        OpenPage adas = OpenPage.of(served, Served.ADA);
        OpenPage bobs = OpenPage.of(served, Served.BOB)) {
      String viewer = adas.nextState().json().path("viewer").asText();

      assertThat(bobs.look(viewer, "yard").status()).isEqualTo(404);
      assertThat(adas.look(viewer, "yard").status()).isEqualTo(200);
    }
  }

  @Test
  void tellsEachPageEverythingOnce() throws Exception {
    try (Served served = Served.open();
        OpenPage page = OpenPage.of(served, "")) {
      served.shows(seen("yard", 7), IMAGE);
      long start = System.currentTimeMillis();
      served.chronicle.tick(start);
      served.chronicle.tick(start + 1_000);
      List<JsonNode> marks = new ArrayList<>();
      List<JsonNode> seconds = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        JsonNode state = page.nextState().json();
        state.path("marks").forEach(marks::add);
        state.path("seconds").forEach(seconds::add);
      }

      assertThat(marks).hasSize(1);
      assertThat(seconds).hasSize(1);
    }
  }

  @Test
  void aBrowserThatDoesNotReadIsNotFetchedFor() throws Exception {
    try (Served served = Served.open();
        OpenPage other = OpenPage.of(served, "");
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      other.look(other.nextState().json().path("viewer").asText());
      slow.setReceiveBufferSize(4_096);
      slow.getOutputStream()
          .write(
              "GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                  .formatted(served.port())
                  .getBytes(ISO_8859_1));
      // It says what it sees, and then reads no more.
      String told = "";
      while (!told.contains("\"viewer\":\"") || told.endsWith("\"viewer\":\"")) {
        byte[] some = new byte[256];
        told += new String(some, 0, slow.getInputStream().read(some), ISO_8859_1);
      }
      String viewer = told.replaceAll("(?s).*\"viewer\":\"([^\"]*)\".*", "$1");
      assertThat(other.look(viewer, "yard").status()).isEqualTo(200);
      assertThat(served.viewers.watched()).containsExactly("yard");

      long offset = 1;
      int rounds = 0;
      while (served.viewers.watched().contains("yard")) {
        served.shows(seen("yard", offset++), new byte[3_000_000]);
        other.nextState();
        assertThat(rounds++).as("rounds of the other page").isLessThan(60);
      }

      assertThat(rounds).isGreaterThan(1);
    }
  }

  @Test
  void opensSoManyPagesAndNoMore() throws Exception {
    List<OpenPage> pages = new ArrayList<>();
    try (Served served = Served.open()) {
      for (int i = 0; i < 24; i++) {
        pages.add(OpenPage.of(served, ""));
      }
      Asking.Answer answer = served.ask().get("/api/stream");

      assertThat(pages).allMatch(it -> it.status() == 200);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("at most 24 pages");
    } finally {
      for (OpenPage page : pages) {
        page.close();
      }
    }
  }

  @Test
  void aLabelThatCannotBeReadWholeGetsNoPictureAndBreaksNothing() throws Exception {
    try (Served served = Served.open();
        OpenPage page = OpenPage.of(served, "")) {
      Label label = seen("yard", 7);
      served.wall.hear(Note.of(label), "{}".getBytes(ISO_8859_1), System.currentTimeMillis());

      assertThat(served.wall.wanted(List.of("yard"))).isEmpty();
      assertThat(page.nextState().json().path("now").asLong()).isPositive();
    }
  }
}
