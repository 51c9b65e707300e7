package io.saccade.camera.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * A file that is no YAML may have a password anywhere, and a complaint about it must not show it.
 */
class YamlErrorsTest {
  private static final String SECRET = "Geheimwort";

  /** Pieces of it tell as much. */
  private static final int PIECE = 5;

  private static final String FILE =
      """
      defaults: {fps: 10, transport: udp}
      cameras:
        - id: yard
          url: "rtsp://viewer:Geheimwort@10.0.0.5/stream1"
          width: 640
        - id: gate
          url: 'http://gate/video?password=Geheimwort'
        - id: belt
          url: rtsp://viewer:Geheimwort@belt/live
      """;

  /** What breaks YAML, each in a way of its own. */
  private static final List<String> BREAKS =
      List.of(
          "@",
          "`",
          "%",
          "\t",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          "\\x",
          "\\q",
          "\\",
          ": ",
          ":",
          "- ",
          "#",
          " #",
          "|",
          ">",
          "? ",
          "\n",
          "\n\n  ",
          "\n- ",
          "&",
          "&a ",
          "*",
          "*a ",
          "!",
          "!t ",
          "!!",
          "!<",
          "---\n",
          "...\n",
          "\u0000",
          "\u0007",
          "\uFEFF",
          ",",
          "%YAML 3\n",
          "\r");

  private static List<String> complaints(String text) {
    List<Fault> faults = new ArrayList<>();
    try {
      var unused = Yaml.read(text, faults);
    } catch (FaultyCamerasException e) {
      faults.addAll(e.faults());
    }
    try {
      var unused = CamerasFile.parse(text, new Secrets(Map.of()));
    } catch (FaultyCamerasException e) {
      faults.addAll(e.faults());
    }
    return faults.stream().map(Fault::toString).toList();
  }

  private static void showNoPiece(List<String> complaints, String text) {
    for (int from = 0; from + PIECE <= SECRET.length(); from++) {
      String piece = SECRET.substring(from, from + PIECE);
      assertThat(complaints).as(text).noneMatch(complaint -> complaint.contains(piece));
    }
  }

  @Property(tries = 3000)
  void showNothingOfASecretWhereverTheFileIsBroken(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 100_000) Integer> places) {
    StringBuilder text = new StringBuilder(FILE);
    for (int place : places) {
      String inserted = BREAKS.get(place % BREAKS.size());
      text.insert(place / BREAKS.size() % (text.length() + 1), inserted);
    }
    showNoPiece(complaints(text.toString()), text.toString());
  }

  @Example
  void showNothingOfASecretThatIsTheErrorItself() {
    for (String broken :
        List.of(
            "cameras: *Geheimwort",
            "cameras: !Geheimwort!x y",
            "cameras: !<Geheimwort",
            "cameras: &Geheimwort &Geheimwort x",
            "%Geheimwort\n---\na: b",
            "%TAG ! Geheimwort",
            "%YAML 7.Geheimwort\n---\n",
            "a: \"\\Geheimwort\"",
            "cameras: |Geheimwort\n  x",
            "Geheimwort\nb: c",
            "? Geheimwort\nx",
            "a: @Geheimwort")) {
      List<String> complaints = complaints(broken);
      assertThat(complaints).as(broken).isNotEmpty();
      showNoPiece(complaints, broken);
    }
  }

  @Example
  void sayWhereAndWhatIsWrong() {
    assertThat(complaints("cameras:\n  - {id: a\n"))
        .anySatisfy(
            complaint ->
                assertThat(complaint).startsWith("line ").contains("must be YAML, but is"));
  }
}
