package io.saccade.camera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.saccade.camera.config.CameraSettings.Transport;
import io.saccade.wire.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamerasFileTest {
  private static final Secrets SECRETS = new Secrets(Map.of("PW", "s3/cr@et", "EMPTY", ""));

  @TempDir Path folder;

  private static List<CameraSettings> parse(String text) throws FaultyCamerasException {
    return CamerasFile.parse(text, SECRETS);
  }

  private static List<String> faults(String text) {
    FaultyCamerasException faulty =
        catchThrowableOfType(FaultyCamerasException.class, () -> parse(text));
    assertThat(faulty).as("a fault in " + text).isNotNull();
    return faulty.faults().stream().map(Fault::toString).toList();
  }

  @Test
  void readsEverySettingOfACamera() throws Exception {
    CameraSettings camera =
        parse(
                """
                cameras:
                  - id: yard
                    url: "rtsp://viewer:${env:PW}@10.0.0.5/stream1"
                    transport: udp
                    fps: 12.5
                    width: 640
                    quality: 70
                    region: {x: 1, y: 2, width: 300, height: 200}
                    stallTimeout: 3s
                    connectTimeout: 1500ms
                    loop: true
                    enabled: false
                """)
            .get(0);

    assertThat(camera)
        .isEqualTo(
            new CameraSettings(
                "yard",
                CameraUrl.of("rtsp://viewer:s3%2Fcr%40et@10.0.0.5/stream1"),
                Transport.UDP,
                12.5,
                640,
                70,
                new Region(1, 2, 300, 200),
                Duration.ofSeconds(3),
                Duration.ofMillis(1500),
                true,
                false));
  }

  @Test
  void takesDefaultsUnlessACameraSaysOtherwise() throws Exception {
    List<CameraSettings> cameras =
        parse(
            """
            defaults: {fps: 10, width: 640, quality: 60, transport: udp, stallTimeout: 4s}
            cameras:
              - {id: a, url: rtsp://h/a}
              - {id: b, url: rtsp://h/b, fps: 5, transport: tcp}
              - {id: c, url: http://h/c, width: null, quality: null}
            """);

    assertThat(cameras.get(0).fps()).isEqualTo(10);
    assertThat(cameras.get(0).transport()).isEqualTo(Transport.UDP);
    assertThat(cameras.get(0).stallTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(cameras.get(0).connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(cameras.get(1).fps()).isEqualTo(5);
    assertThat(cameras.get(1).transport()).isEqualTo(Transport.TCP);
    assertThat(cameras.get(2).width()).isNull();
    assertThat(cameras.get(2).asItComes()).isTrue();
    assertThat(cameras.get(0).asItComes()).isFalse();
  }

  @Test
  void sendsTheJpegsOfAFolderAsTheyAreWhateverIsTheDefault() throws Exception {
    CameraSettings camera =
        parse("defaults: {width: 640}\ncameras: [{id: a, url: \"%s\"}]".formatted(folder)).get(0);

    assertThat(camera.url().kind()).isEqualTo(CameraUrl.Kind.FOLDER);
    assertThat(camera.width()).isNull();
  }

  @Test
  void namesEveryFaultAtOnceWithItsLine() {
    assertThat(
            faults(
                """
                defaults: {fps: fast}
                cameras:
                  - {id: a, url: rtsp://h/a, width: 641, quality: 0}
                  - {id: a, url: "rtsp://h/${env:NONE}"}
                  - {url: ftp://h/b, transport: sctp}
                  - id: d
                    url: rtsp://h/d
                    stallTimeout: 8
                    region: {x: 0, y: 0, width: 8}
                    colour: red
                    loop: yes
                camera: 3
                """))
        .containsExactlyInAnyOrder(
            "line 12: may have cameras, defaults, but has 'camera'",
            "line 1: defaults: fps must be a number, but was 'fast'",
            "line 3: camera a: width must be even and within [16, 16384], but was 641",
            "line 3: camera a: quality must be within [1, 100], but was 0",
            "line 4: camera a: url needs environment variable NONE, but it is not set",
            "line 4: camera a: id must be there once, but stands in line 3 too",
            "line 5: camera number 3: id must be present, but was missing",
            "line 5: camera number 3: url must be rtsp://, rtsps://, http://, https://, file:,"
                + " v4l2: or a path, but was ftp:",
            "line 5: camera number 3: transport must be tcp or udp, but was 'sctp'",
            "line 8: camera d: stallTimeout must be a duration such as 500ms, 8s or 2m, but was 8",
            "line 9: region: height must be present, but was missing",
            "line 10: camera d: may have connectTimeout, enabled, fps, id, loop, quality, region,"
                + " stallTimeout, transport, url, width, but has 'colour'",
            "line 11: camera d: loop must be true or false, but was 'yes'");
  }

  @Test
  void saysWhatIsNoYamlAndWhere() {
    assertThat(faults("cameras:\n  - {id: a\n  b")).singleElement().asString().startsWith("line ");
    assertThat(faults("")).containsExactly("line 1: cameras must be a list, but was missing");
    assertThat(faults("cameras: {id: a}"))
        .containsExactly("line 1: cameras must be a list, but was a mapping of keys to values");
    assertThat(faults("cameras: []\ncameras: []"))
        .containsExactly("line 2: must have 'cameras' once, but has it twice");
    assertThat(faults("cameras: [&a {id: a, url: rtsp://h/a}, *a]"))
        .contains("line 1: aliases (*name) are not understood: write the value out");
  }

  @Test
  void neverShowsASecretInAFault() {
    for (String url :
        List.of(
            "rtsp://u:hunter2/x@h/a",
            "rtsp://u:hunter2@",
            "hunter2://u:p@h",
            "rtsp://u:hunter2@h:port/a",
            "rtsp://u:hunter2@h/${env:NONE}",
            "rtsp://u:hunter2@h/\\u0007")) {
      String text = "cameras: [{id: a, url: \"%s\", fps: -1}]".formatted(url);
      if (!url.startsWith("hunter2")) {
        assertThat(faults(text))
            .isNotEmpty()
            .allSatisfy(it -> assertThat(it).doesNotContain("hunter2"));
      }
      assertThat(faults(text))
          .contains("line 1: camera a: fps must be above 0 and at most 120, but was -1.0");
    }
  }

  @Test
  void neverShowsAUrlThatStandsInTheWrongPlace() {
    String url = "rtsp://u:hunter2@h/s";
    for (String fields :
        List.of(
            "id: a, url:" + url,
            "id: a, url:%s, url:%s".formatted(url, url),
            "id: a, url: rtsp://h/a, fps: \"" + url + "\"",
            "id: a, url: rtsp://h/a, stallTimeout: \"" + url + "\"",
            "id: a, url: rtsp://h/a, transport: \"" + url + "\"",
            "id: \"" + url + "\"")) {
      assertThat(faults("cameras: [{" + fields + "}]"))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it).doesNotContain("hunter2"));
    }
  }

  @Test
  void refusesAnIdOfSeveralLines() {
    assertThat(faults("cameras: [{id: \"a\\nb\", url: rtsp://h/a}]"))
        .containsExactly(
            "line 1: camera a b: id must be a name of 1 to 256 characters that print, but was 'a"
                + " b'");
  }

  /** The job would call its frames ga?te and a checksum, and no state would belong to them. */
  @Test
  void refusesAnIdThatReadersOfItsFramesWouldNotFind() {
    assertThat(faults("cameras: [{id: \"ga\\u200dte\", url: rtsp://h/a}]"))
        .containsExactly(
            "line 1: camera ga\\u200dte: id must be a name of 1 to 256 characters that print, but was"
                + " 'ga\\u200dte'");
  }

  @Test
  void takesAnIdThatLooksLikeAPathForTheNameItIs() throws Exception {
    assertThat(parse("cameras: [{id: ../../etc/passwd, url: rtsp://h/a}]"))
        .extracting(CameraSettings::id)
        .containsExactly("../../etc/passwd");
  }

  @Test
  void forgesNoLineInAComplaint() {
    for (String fields :
        List.of(
            "id: \"a\\e[2J\\nall is well\\x85\\u202e\", url: rtsp://h/a",
            "id: a, url: \"${x\\e[2J\\nall is well\\x85}\"",
            "id: a, url: \"${env:x\\e[2J\\nall is well\\x85}\"",
            "id: a, url: rtsp://h/a, fps: \"x\\e[2J\\nall is well\\x85\"")) {
      assertThat(faults("cameras: [{" + fields + "}]"))
          .isNotEmpty()
          .allMatch(Excerpt::prints, "is one line that prints");
    }
  }

  /** Found by fuzzing: a thousand open brackets kept the parser busy for seconds. */
  @Test
  void refusesNestingBeyondAnySenseBeforeItCosts() {
    for (String deep : List.of("[".repeat(100_000), "{a: ".repeat(100_000))) {
      assertThat(faults("cameras: " + deep))
          .singleElement()
          .asString()
          .contains("must be YAML, but is not", "nesting depth");
    }
  }

  /** What is looked for in it takes time by the square of its length. */
  @Test
  void refusesAUrlWithoutEndBeforeItCosts() {
    for (String url : List.of("${".repeat(1_000_000), "http://h/?" + "key".repeat(600_000))) {
      assertThat(faults("cameras: [{id: a, url: '" + url + "'}]"))
          .singleElement()
          .asString()
          .startsWith("line 1: camera a: url must have at most 2048 characters, but has ");
    }
  }

  @Test
  void readsNoSecretFromADeviceWithoutEnd() {
    assertThat(faults("cameras: [{id: a, url: 'rtsp://u:${file:/dev/zero}@h/a'}]"))
        .containsExactly(
            "line 1: camera a: url needs a secret in file /dev/zero, but it is no regular file");
  }

  @Test
  void refusesARateThatAlwaysLooksLikeAStall() throws Exception {
    assertThat(faults("cameras: [{id: a, url: rtsp://h/a, fps: 0.1}]"))
        .containsExactly(
            "line 1: camera a: stallTimeout must be longer than a frame lasts at 0.1 fps, but was"
                + " 8s");
    assertThat(parse("cameras: [{id: a, url: rtsp://h/a, fps: 0.1, stallTimeout: 15s}]"))
        .hasSize(1);
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xE9, '\n'});
    for (Map.Entry<Path, String> expected :
        Map.of(
                folder.resolve("none.yaml"),
                "must exist, but does not",
                latin,
                "must be UTF-8, but is not")
            .entrySet()) {
      FaultyCamerasException faulty =
          catchThrowableOfType(
              FaultyCamerasException.class, () -> CamerasFile.read(expected.getKey(), SECRETS));
      assertThat(faulty).hasMessage(expected.getValue());
    }
  }
}
