package io.saccade.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.gfnet.GfNet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {
  private static final Path RUNWAY = Path.of("../bundles/runway");
  private static final Path DOCS = Path.of("../../docs");

  @TempDir Path folder;

  /** A copy of the tiny bundle, with a card. */
  private Path bundle() throws IOException {
    Path bundle = Files.createDirectory(folder.resolve("bundle"));
    try (Stream<Path> files = Files.list(Folder.TINY)) {
      for (Path file : files.toList()) {
        Files.copy(file, bundle.resolve(file.getFileName()));
      }
    }
    return bundle;
  }

  private Path report(Path bundle) throws IOException {
    Path file = folder.resolve("e.json");
    Folder pictures = new Folder(folder.resolve("data"));
    try (GfNet net = GfNet.open(bundle)) {
      List<String> classes = net.bundle().classes();
      for (int seed = 0; seed < 6; seed++) {
        pictures.with("test/%s/%d.jpg".formatted(classes.get(seed % 2), seed), Folder.jpeg(seed));
      }
      Gallery gallery = Gallery.of(pictures.root(), "test", classes);
      Viewing viewing = new Viewing(net).of(gallery, new Progress(System.out, 6, System::nanoTime));
      Evaluation.report(net, gallery, viewing, new Report.Machine("two cores", 0, 0, 1))
          .write(file);
    }
    return file;
  }

  @Test
  void theBundleIsWholeAfterItsCardGotTheFigures() throws IOException {
    Path bundle = bundle();
    Path file = report(bundle);

    ModelCard.write(bundle, file);

    try (GfNet net = GfNet.open(bundle)) {
      assertThat(net.bundle().id()).isEqualTo("tiny");
    }
    String card = Files.readString(bundle.resolve("MODEL_CARD.md"));
    assertThat(card).startsWith("# tiny").contains("6 frames of 6 clips of data/test");
    // The report that was put in is of this bundle still, though its manifest has changed.
    Files.copy(bundle.resolve("evaluation.json"), folder.resolve("again.json"));
    ModelCard.write(bundle, folder.resolve("again.json"));
    assertThat(Files.readString(bundle.resolve("MODEL_CARD.md"))).isEqualTo(card);
  }

  @Test
  void theManifestKeepsAllElseAsItWas() throws IOException {
    Path bundle = bundle();
    List<String> before = Files.readAllLines(bundle.resolve("manifest.json"));

    ModelCard.write(bundle, report(bundle));

    List<String> after = new ArrayList<>(Files.readAllLines(bundle.resolve("manifest.json")));
    after.removeAll(before);
    assertThat(after)
        .allMatch(line -> line.matches(" {4}\"(MODEL_CARD.md|evaluation.json|golden.png)\": .*"))
        .hasSizeBetween(2, 3);
  }

  @Test
  void figuresReplaceThoseBeforeAndStandBeforeTheLimits() throws IOException {
    Report report = Report.read(report(bundle()));
    String card = ModelCard.with("# m\n\n## Limits\n\n- few\n", report);

    assertThat(card)
        .containsSubsequence("## Evaluated as it runs", "| looks |", "## Limits", "few");
    assertThat(ModelCard.with(card, report)).isEqualTo(card);
  }

  @Test
  void refusesTheReportOfAnotherNetwork() throws IOException {
    Path bundle = bundle();
    Report report = Report.read(report(bundle));
    Path other = folder.resolve("other.json");
    Files.writeString(
        other,
        new String(report.json(), StandardCharsets.UTF_8)
            .replace(report.model().hashes().getOrDefault("focus", "-"), "0".repeat(64)));

    assertThatThrownBy(() -> ModelCard.write(bundle, other))
        .hasMessageContaining("expected a report of the graphs and frontier of this bundle")
        .hasMessageContaining("focus=" + "0".repeat(64));
    assertThat(bundle.resolve("evaluation.json")).doesNotExist();
  }

  @Test
  void refusesAFolderThatIsNoBundle() {
    assertThatThrownBy(() -> ModelCard.write(folder, folder.resolve("e.json")))
        .hasMessageContaining("manifest.json");
  }

  @Test
  void theShippedCardShowsWhatItsReportSays() throws IOException {
    Report report = Report.read(RUNWAY.resolve("evaluation.json"));
    String card = Files.readString(RUNWAY.resolve("MODEL_CARD.md"));

    assertThat(ModelCard.with(card, report)).isEqualTo(card);
    try (GfNet net = GfNet.open(RUNWAY)) {
      assertThat(report.model().hashes()).isEqualTo(Map.copyOf(net.hashes()));
    }
    // Of networks like it, as the guide has it.
    assertThat(comparison(card))
        .isEqualTo(comparison(Files.readString(DOCS.resolve("looking-twice.md"))))
        .contains("without boxes", "static 288");
  }

  private static String comparison(String page) {
    String begin = "<!-- comparison -->";
    assertThat(page).containsOnlyOnce(begin);
    return page.substring(page.indexOf(begin), page.indexOf("<!-- /comparison -->"));
  }

  @Test
  void theCardOfTheBenchmarkModelShowsWhatItsReportSays() throws IOException {
    Path folder = DOCS.resolve("figures/imagenette");
    String card = Files.readString(folder.resolve("card.md"));

    assertThat(card).contains("<!-- evaluation -->");
    assertThat(ModelCard.with(card, Report.read(folder.resolve("focus.json")))).isEqualTo(card);
  }
}
