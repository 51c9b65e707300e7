package io.saccade.gfnet.bundle;

import static io.saccade.gfnet.TinyBundle.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.InvalidBundleException;
import io.saccade.gfnet.TinyBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidBundleTest {
  private final TinyBundle tiny = new TinyBundle();

  @TempDir Path folder;

  @AfterEach
  void leavesNothingNativeBehind() {
    assertThat(GfNet.openNatives()).isZero();
  }

  private String refusal() {
    return refusal(tiny.folder(folder));
  }

  private static String refusal(Path bundle) {
    try (GfNet net = GfNet.open(bundle)) {
      throw new AssertionError("opened without complaint: " + net.bundle());
    } catch (InvalidBundleException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void opensWhatWasNotChanged() {
    GfNet.open(tiny.folder(folder)).close();
  }

  @Test
  void aGlanceThatIsAsLargeAsThePatchesNeedNotBeSaid() {
    tiny.manifest(it -> it.put("glanceSize", 32));
    try (GfNet net = GfNet.open(tiny.folder(folder));
        GfNet wide = GfNet.open(TinyBundle.WIDE)) {
      assertThat(net.bundle().glanceSize()).isEqualTo(32);
      assertThat(wide.bundle().glanceSize()).isEqualTo(32);
      assertThat(wide.bundle().patchSize()).isEqualTo(48);
    }
  }

  @Test
  void oneGraphForBothHasLooksOfOneSize() {
    tiny.manifest(
        it ->
            it.put("glanceSize", 16)
                .putObject("graphs")
                .put("glance", "focus.onnx")
                .put("focus", "focus.onnx"));
    assertThat(refusal())
        .contains("glanceSize must be 32, the patchSize, where one graph does both, but was 16");
  }

  @Test
  void aGraphForAnotherGlanceIsRefused() {
    tiny.manifest(it -> it.put("glanceSize", 16));
    assertThat(refusal())
        .contains(
            "glance.onnx: input view must be FLOAT [1, 16, 16, 3], but was FLOAT [1, 32, 32, 3]");
  }

  @Test
  void aPinnedHashOpensTheBundleThatHasItAndNoOther() {
    Path path = tiny.folder(folder);
    String sha256;
    try (GfNet net = GfNet.open(path)) {
      sha256 = net.bundle().sha256();
    }
    GfNet.open(path, sha256).close();

    String other = "0".repeat(64);
    assertThatThrownBy(() -> GfNet.open(path, other))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessage(
            "bundle %s: manifest.json: SHA-256 must be %s, as it is pinned, but was %s"
                .formatted(path, other, sha256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "glance.onnx",
        "focus.onnx",
        "frontier.json",
        "golden.json",
        "golden.png",
        "MODEL_CARD.md"
      })
  void refusesAChangedByteInAnyFileByItsName(String name) {
    byte[] bytes = tiny.file(name).clone();
    bytes[bytes.length / 2] ^= 1;
    tiny.tamper(name, bytes);

    assertThat(refusal())
        .startsWith("bundle " + folder + ": " + name + ": SHA-256 must be ")
        .contains(", but was ");
  }

  @Test
  void namesEveryChangedFileAtOnce() {
    tiny.tamper("glance.onnx", new byte[3]).tamper("golden.png", new byte[0]);
    tiny.remove("focus.onnx").tamper("notes.txt", utf8("hello"));

    assertThat(refusal())
        .startsWith("bundle " + folder + " has 4 faults:\n")
        .contains("- glance.onnx: SHA-256 must be ", "- golden.png: SHA-256 must be ")
        .contains("- focus.onnx: must be there, as manifest.json lists it, but was missing")
        .contains("- notes.txt: must be listed in manifest.json, but was not");
  }

  @Test
  void refusesAPathWhereThereIsNothing() {
    assertThat(refusal(folder.resolve("nowhere")))
        .contains("nowhere: manifest.json: must be in a folder or a .zip");
    assertThat(refusal(folder)).contains("manifest.json: must be in the bundle, but was missing");
  }

  @Test
  void refusesAFolderInTheFolder() throws IOException {
    Files.createDirectory(folder.resolve("weights"));

    assertThat(refusal()).contains("weights: must be a file, but was a folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "format       | 2        | format must be an integer within [1, 1], but was 2",
        "id           | ` `      | id must be text, but was missing",
        "id           | \" \"    | id must be text, but was \" \"",
        "version      | 1        | version must be text, but was 1",
        "description  | []       | description must be text, but was []",
        "backbone     | null     | backbone must be text, but was null",
        "head         | {}       | head must be text, but was {}",
        "imageSize    | 0        | imageSize must be an integer within [1, 4096], but was 0",
        "imageSize    | 64.0     | imageSize must be an integer within [1, 4096], but was 64.0",
        "patchSize    | 65       | patchSize must be an integer within [1, 64], but was 65",
        "glanceSize   | 65       | glanceSize must be an integer within [1, 64], but was 65",
        "glanceSize   | null     | glanceSize must be an integer within [1, 64], but was null",
        "steps        | 1        | steps must be an integer within [2, 16], but was 1",
        "classes      | []       | classes must be a list of texts, but was []",
        "classes      | [\"a\",7]| classes must be a list of texts, but was [\"a\",7]",
        "classes      | [\"a\",\"\"] | classes must be a list of texts, but was [\"a\",\"\"]",
        "classes      | [\"a\",\"b\",\"a\"] | classes must be unique names, but was a twice",
        "view         | 3        | view must be an object, but was 3",
        "memorySize   | -1       | memorySize must be an integer within [1, 16777216], but was -1",
        "opset        | \"17\"   | opset must be an integer within [1, 99], but was \"17\"",
        "multiplyAdds | {\"glance\":0,\"focus\":1} | multiplyAdds.glance must be an integer",
        "graphs       | {\"glance\":\"x.onnx\",\"focus\":\"focus.onnx\"} | files must be a list"
            + " with x.onnx, but was without it",
        "frontier     | \"../f\" | files must be a list with ../f, but was without it",
        "golden       | 1        | golden must be text, but was 1",
        "licence      | ` `      | licence must be text, but was missing",
        "source       | ` `      | source must be text, but was missing",
        "files        | []       | files must be an object, but was []",
      })
  void saysOfTheManifestWhatWasExpectedAndFound(String field, String value, String complaint) {
    tiny.manifest(
        manifest -> {
          manifest.remove(field);
          if (!value.isBlank()) {
            manifest.putRawValue(field, new com.fasterxml.jackson.databind.util.RawValue(value));
          }
        });

    assertThat(refusal()).contains("manifest.json: " + complaint);
  }

  @Test
  void saysAllThatIsWrongWithAManifestAtOnce() {
    tiny.manifest(
        manifest -> {
          manifest.remove("licence");
          manifest.put("steps", 0).put("opset", 100);
          manifest.putObject("view").put("fit", "fill").put("glance", "cubic");
        });

    assertThat(refusal())
        .contains("has 6 faults")
        .contains("- manifest.json: licence must be text, but was missing")
        .contains("- manifest.json: steps must be")
        .contains("- manifest.json: opset must be")
        .contains(
            "- manifest.json: view.fit must be one of [stretch, square, crop], but was \"fill\"")
        .contains(
            "- manifest.json: view.glance must be one of [area, bilinear, bicubic], but was"
                + " \"cubic\"")
        .contains("- manifest.json: view.reducedDecode must be true or false, but was missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "not json", "{\"format\":1,\"format\":1}", "{} {}"})
  void refusesAManifestThatIsNotJson(String json) {
    tiny.tamper("manifest.json", utf8(json));

    assertThat(refusal()).contains("manifest.json: must be ");
  }

  /** A bundle may come from anybody, and its complaints are read in a terminal. */
  @Test
  void forgesNoLineInAComplaint() {
    String forged = "x\u001b[2J\nsaccade: all is well\u0085\u202e";
    tiny.manifest(
        manifest -> {
          ((ObjectNode) manifest.path("files")).put(forged, forged);
          manifest.putArray("classes").add(forged).add(forged);
          manifest.put("golden", forged);
        });

    assertThat(refusal())
        .contains("classes must be names that print, but was x?[2J?saccade: all is well??")
        .contains("files.x?[2J?saccade: all is well?? must be a plain file name")
        .matches(
            said -> said.lines().allMatch(line -> line.codePoints().allMatch(Complaints::prints)),
            "prints");
  }

  @Test
  void refusesHashesThatAreNoneAndNamesThatArePaths() {
    tiny.manifest(
        manifest ->
            ((ObjectNode) manifest.path("files"))
                .put("glance.onnx", "abc")
                .put("manifest.json", "0".repeat(64))
                .put("../up.txt", "0".repeat(64)));

    assertThat(refusal())
        .contains("files.glance.onnx must be 64 lower-case hex digits, but was abc")
        .contains("files.manifest.json must be left out")
        .contains("files.../up.txt must be a plain file name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/points/0/exitShares/0   | 0.5  | points[0] the sum of exitShares must be 1, but was 0.5",
        "/points/1/exitShares/0   | 1.5  | points[1].exitShares must be 3 numbers within [0.0,"
            + " 1.0]",
        "/points/1/thresholds/0   | 3    | points[1].thresholds must be 2 numbers within [0.0,"
            + " 2.0]",
        "/points/1/accuracy       | -1   | points[1].accuracy must be a number within [0.0, 1.0]",
        "/points/2/meanLooks      | 2.9  | points[2] meanLooks must be 1.3625, as exitShares say",
        "/points/0/meanLooks      | 1.001| meanLooks of the first point must be 1, but was 1.001",
      })
  void refusesAFrontierThatIsNone(String where, double value, String complaint) {
    tiny.json("frontier.json", frontier -> set(frontier, where, value));

    assertThat(refusal()).contains("frontier.json: " + complaint);
  }

  private static void set(ObjectNode object, String pointer, double value) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = object.at(pointer.substring(0, last));
    String name = pointer.substring(last + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), array.numberNode(value));
    } else {
      ((ObjectNode) parent).put(name, value);
    }
  }

  @Test
  void refusesAFrontierOfPointsThatDoNotAscend() {
    tiny.json(
        "frontier.json",
        frontier -> {
          ArrayNode points = (ArrayNode) frontier.path("points");
          points.insert(1, points.get(4));
        });

    assertThat(refusal())
        .contains("frontier.json: points must ascend in meanLooks, but points[2] had 1.1825");
  }

  @Test
  void refusesAFrontierThatStopsBeforeEveryLook() {
    tiny.json(
        "frontier.json",
        frontier -> {
          ArrayNode points = (ArrayNode) frontier.path("points");
          points.remove(points.size() - 1);
        });

    assertThat(refusal()).contains("meanLooks of the last point must be 3, but was 2.8175");
  }

  @Test
  void refusesAFrontierOrAGoldenOfAnotherNumberOfSteps() {
    tiny.manifest(manifest -> manifest.put("steps", 4));

    assertThat(refusal()).contains("frontier.json: points[0].thresholds must be 3 numbers");
    tiny.json("frontier.json", frontier -> frontier.putArray("points"));
    assertThat(refusal()).contains("frontier.json: points must be at least 1, but was 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/looks/0/probabilities/2 | 0.427 | look 1 must give class 2 a probability of 0.42700, but"
            + " gave 0.42506",
        "/looks/2/probabilities/4 | 0.002 | look 3 must give class 4 a probability of 0.00200, but"
            + " gave 0.00000",
        "/looks/1/top             | 7     | look 2 must be at row 7, column 28, but was at row 6,"
            + " column 28",
        "/looks/2/left            | 24    | look 3 must be at row 3, column 24, but was at row 3,"
            + " column 25",
        "/looks/2/left            | 33    | looks[2].left must be an integer within [0, 32], but"
            + " was 33.0",
      })
  void refusesANetworkThatDoesNotLookAtItsGoldenPictureAsItDid(
      String where, double value, String complaint) {
    tiny.json(
        "golden.json",
        golden -> {
          set(golden, where, value);
          if (!where.contains("probabilities") && value != 33) {
            ((ObjectNode) golden.at(where.substring(0, where.lastIndexOf('/'))))
                .put(where.substring(where.lastIndexOf('/') + 1), (int) value);
          }
        });

    assertThat(refusal()).contains("golden.json: " + complaint);
  }

  /**
   * That rows and columns are not taken for each other: the golden patches are off the diagonal.
   */
  @Test
  void refusesAGoldenWithRowsAndColumnsSwapped() {
    tiny.json(
        "golden.json",
        golden -> {
          for (JsonNode look : golden.path("looks")) {
            int top = look.path("top").asInt();
            ((ObjectNode) look).put("top", look.path("left").asInt()).put("left", top);
          }
        });

    assertThat(refusal())
        .contains("look 2 must be at row 28, column 6, but was at row 6, column 28")
        .contains("look 3 must be at row 25, column 3, but was at row 3, column 25");
  }

  @Test
  void refusesAGoldenPictureThatIsNone() {
    tiny.with("golden.png", utf8("picture"));

    assertThat(refusal()).contains("golden.json: its image must be readable").contains("not-an-im");
  }

  @Test
  void refusesAGoldenOfAnotherNumberOfClassesOrLooks() {
    tiny.manifest(manifest -> ((ArrayNode) manifest.path("classes")).add("flint"));

    assertThat(refusal()).contains("golden.json: looks[0].probabilities must be 6 numbers");
    tiny.json("golden.json", golden -> ((ArrayNode) golden.path("looks")).remove(2));
    assertThat(refusal()).contains("golden.json: looks must be one for each of 3 steps, but was 2");
    tiny.json("golden.json", golden -> golden.put("image", "elsewhere.png"));
    assertThat(refusal()).contains("golden.json: image must be a file of the bundle");
  }

  @Test
  void opensAZipLikeTheFolder() throws IOException {
    Path zip = tiny.zip(folder.resolve("tiny.zip"), "");
    try (GfNet fromZip = GfNet.open(zip);
        GfNet fromFolder = GfNet.open(TinyBundle.PATH)) {
      assertThat(fromZip.bundle().sha256()).isEqualTo(fromFolder.bundle().sha256());
    }
  }

  @Test
  void whatPinsABundleIsReadFromItsManifestAlone() throws IOException {
    String sha256;
    try (GfNet net = GfNet.open(TinyBundle.PATH)) {
      sha256 = net.bundle().sha256();
    }
    assertThat(GfNet.pin(TinyBundle.PATH)).contains(sha256);
    assertThat(GfNet.pin(tiny.zip(folder.resolve("tiny.zip"), ""))).contains(sha256);
    Path changed = tiny.tamper("glance.onnx", utf8("graph")).folder(folder);
    assertThat(GfNet.pin(changed)).contains(sha256);
    Path other = Files.createDirectory(folder.resolve("other"));
    new TinyBundle().manifest(it -> it.put("id", "other")).folder(other);
    assertThat(GfNet.pin(other)).isNotEmpty().isNotEqualTo(Optional.of(sha256));
  }

  @Test
  void whatHasNoManifestHasNoPin() throws IOException {
    assertThat(GfNet.pin(folder.resolve("gone"))).isEmpty();
    assertThat(GfNet.pin(Files.createDirectory(folder.resolve("empty")))).isEmpty();
    assertThat(GfNet.pin(Files.writeString(folder.resolve("no.zip"), "no zip"))).isEmpty();
    assertThat(GfNet.pin(tiny.zip(folder.resolve("deep.zip"), "tiny/"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../", "/", "tiny/", "C:\\", ".", "a\nb"})
  void refusesAZipWithPathsInIt(String prefix) {
    Path zip = tiny.zip(folder.resolve("tiny.zip"), prefix);

    assertThat(refusal(zip)).contains("must be a plain file name").doesNotContain("a\nb");
  }

  @Test
  void refusesAZipWithTheSameNameTwice() throws IOException {
    Path zip = tiny.tamper("golden.pnh", new byte[1]).zip(folder.resolve("tiny.zip"), "");
    String bytes = Files.readString(zip, StandardCharsets.ISO_8859_1);
    Files.writeString(zip, bytes.replace("golden.pnh", "golden.png"), StandardCharsets.ISO_8859_1);

    assertThat(refusal(zip)).contains("golden.png: must be there once, but was there twice");
  }

  @Test
  void refusesAZipThatInflatesBeyondTheLimit() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bomb)) {
      out.putNextEntry(new ZipEntry("zeros"));
      out.write(new byte[1 << 20]);
    }
    Path zip = Files.write(folder.resolve("bomb.zip"), bomb.toByteArray());

    assertThat(bomb.size()).isLessThan(2000);
    assertThatThrownBy(() -> BundleFiles.read(zip, 1 << 19, new Complaints(zip)))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("zeros: must be in a bundle of at most 524288 bytes");
  }

  @Test
  void refusesTooManyFiles() {
    for (int i = 0; i < BundleFiles.MOST_FILES; i++) {
      tiny.tamper("extra" + i, new byte[0]);
    }

    assertThat(refusal()).contains("must be one of at most 64 files");
  }

  @Test
  void refusesAFileThatIsNoZip() throws IOException {
    Path file = Files.write(folder.resolve("tiny.zip"), utf8("not a zip"));

    assertThat(refusal(file)).contains("manifest.json: must be in the bundle, but was missing");
  }
}
