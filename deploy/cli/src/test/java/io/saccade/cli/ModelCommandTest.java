package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelCommandTest {
  private static final Path TINY = Path.of("../../models/gfnet/src/test/bundles/tiny");

  @TempDir Path folder;

  private String picture() throws IOException {
    Path file = folder.resolve("picture.png");
    ImageIO.write(new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file.toString();
  }

  private Path copyOfTiny() throws IOException {
    Path bundle = Files.createDirectory(folder.resolve("bundle"));
    try (Stream<Path> files = Files.list(TINY)) {
      for (Path file : files.toList()) {
        Files.copy(file, bundle.resolve(file.getFileName()));
      }
    }
    return bundle;
  }

  @Test
  void saysThatABundleIsInOrder() {
    Run run = Run.saccade("model", "verify", TINY.toString());

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("is as its manifest says")
        .contains("5 classes; view 64 x 64, glance 32 x 32, patches 32 x 32, up to 3 looks")
        .containsPattern("manifest SHA-256 [0-9a-f]{64}");
  }

  @Test
  void namesTheFileThatDiffers() throws IOException {
    Path bundle = copyOfTiny();
    byte[] graph = Files.readAllBytes(bundle.resolve("focus.onnx"));
    graph[graph.length / 2] ^= 1;
    Files.write(bundle.resolve("focus.onnx"), graph);

    Run run = Run.saccade("model", "verify", bundle.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("focus.onnx").doesNotContain("\tat ");
  }

  @Test
  void printsWhatItSeesWhereItLookedAndHowLongItTook() throws IOException {
    Run run =
        Run.saccade(
            "model", "classify", picture(), "--bundle", TINY.toString(), "--threshold", "2");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .containsPattern("picture.png: \\S+, [0-9.]+% sure after 3 of 3 looks \\(every-look\\)")
        .containsPattern("decode [0-9.]+ ms")
        .containsPattern("glance at +0,0 +120 x 90 +[0-9.]+% sure +[0-9.]+ ms");
    assertThat(run.out().lines().filter(line -> line.contains("focus "))).hasSize(2);
  }

  @Test
  void goesOnAfterAPictureThatCannotBeReadButTells() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "not a picture");
    String missing = folder.resolve("missing.jpg").toString();

    Run run =
        Run.saccade(
            "model", "classify", missing, text.toString(), picture(), "--bundle", TINY.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("missing.jpg: unreadable").contains("not-an-image");
    assertThat(run.out()).contains("picture.png: ");
  }

  @Test
  void writesOneJsonObjectALine() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "not a picture");

    Run run =
        Run.saccade(
            "model",
            "classify",
            picture(),
            text.toString(),
            "--json",
            "--threshold",
            "0",
            "--bundle",
            TINY.toString());

    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode seen = new ObjectMapper().readTree(lines.get(0));
    assertThat(seen.get("outcome").asText()).isEqualTo("classified");
    assertThat(seen.get("reason").asText()).isEqualTo("confident");
    assertThat(seen.get("confidence").asDouble()).isBetween(0.0, 1.0);
    assertThat(seen.get("looks")).hasSize(1);
    assertThat(seen.at("/looks/0/width").asInt()).isEqualTo(120);
    assertThat(new ObjectMapper().readTree(lines.get(1)).get("reason").asText())
        .isEqualTo("not-an-image");
  }

  @Test
  void leavesTrainingToTheLauncher() {
    Run run = Run.saccade("model", "train", "--data", "pictures");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("./saccade model train --data pictures");
  }

  /** What Java only lists, the launcher must know: otherwise the list would lie. */
  @Test
  void theLauncherTakesEveryCommandThatRunsInPython() throws IOException {
    String launcher = Files.readString(Path.of("../../saccade"));

    assertThat(new CommandLine(new ModelCommand()).getSubcommands().values())
        .filteredOn(it -> it.getCommandSpec().userObject() instanceof PythonCommand)
        .hasSizeGreaterThan(3)
        .allSatisfy(it -> assertThat(launcher).contains("\"model " + it.getCommandName() + "\""));
  }

  private Path pictures() throws IOException {
    Path test = folder.resolve("data/test");
    for (String name : List.of("amber", "dune")) {
      Path clip = Files.createDirectories(test.resolve(name + "/" + name + "-1"));
      Files.copy(Path.of(picture()), clip.resolve("1.png"));
      Files.copy(TINY.resolve("golden.png"), clip.resolve("2.png"));
    }
    Files.writeString(test.resolve("dune/broken.jpg"), "not a picture");
    Files.createDirectories(test.resolve("ember"));
    return folder.resolve("data");
  }

  @Test
  void evaluatesAFolderOfPicturesAndPutsTheFiguresIntoTheCard() throws IOException {
    Path report = folder.resolve("e.json");
    Path bundle = copyOfTiny();

    Run run =
        Run.saccade(
            "model",
            "evaluate",
            "--bundle",
            bundle.toString(),
            "--data",
            pictures().toString(),
            "--report",
            report.toString(),
            "--looks",
            folder.resolve("looks.csv").toString(),
            "--show",
            folder.resolve("show").toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("no pictures in: ember")
        .contains("skipped dune/broken.jpg: not-an-image");
    assertThat(run.out())
        .contains("4 frames of 2 clips of data/test")
        .contains("| looks | right |");
    assertThat(new ObjectMapper().readTree(report.toFile()).path("frames").asInt()).isEqualTo(4);
    assertThat(folder.resolve("e-accuracy.svg")).exists();
    assertThat(folder.resolve("show/index.html")).exists();
    assertThat(folder.resolve("looks.csv")).content().hasLineCount(5);

    Run card = Run.saccade("model", "card", bundle.toString(), "--report", report.toString());

    assertThat(card.code()).as(card.err()).isZero();
    assertThat(bundle.resolve("MODEL_CARD.md")).content().contains("4 frames of 2 clips");
    assertThat(Run.saccade("model", "verify", bundle.toString()).code()).isZero();
  }

  @Test
  void saysWhatIsWrongWithTheFolderToEvaluate() throws IOException {
    String tiny = TINY.toString();
    Path data = pictures();
    assertThat(Run.saccade("model", "evaluate", "--bundle", tiny).err()).contains("--data");
    Run missing =
        Run.saccade("model", "evaluate", "--bundle", tiny, "--data", data + "", "--split", "mine");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("mine to hold one folder per class");
    assertThat(
            Run.saccade("model", "evaluate", "--bundle", tiny, "--data", data + "", "--limit", "0")
                .err())
        .contains("limit must be at least 1, but was 0");
    Files.createDirectories(data.resolve("test/marble"));
    assertThat(Run.saccade("model", "evaluate", "--bundle", tiny, "--data", data + "").err())
        .contains("but found [marble]");
  }
}
