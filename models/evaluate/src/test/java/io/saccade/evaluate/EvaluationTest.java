package io.saccade.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.Deadline;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.Limits;
import io.saccade.gfnet.Sight;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Pictures filed under what the network says of them in the end: all but every fifth. */
class EvaluationTest {
  private static final int PICTURES = 20;

  private static GfNet net;
  private static Viewing viewing;
  private static Report report;

  @BeforeAll
  static void lookAtAll(@TempDir Path root) throws IOException {
    net = GfNet.open(Folder.TINY);
    Folder folder = new Folder(root);
    List<String> classes = net.bundle().classes();
    for (int seed = 0; seed < PICTURES; seed++) {
      byte[] jpeg = Folder.jpeg(seed);
      int said = ((Sight.Verdict) net.classify(jpeg, 2)).best();
      int filed = seed % 5 == 0 ? (said + 1) % classes.size() : said;
      folder.with(
          "test/%s/clip-%d-%d/%d.jpg".formatted(classes.get(filed), filed, seed % 3, seed), jpeg);
    }
    folder
        .with("test/%s/broken.jpg".formatted(classes.get(0)), "no".getBytes(StandardCharsets.UTF_8))
        .with("test/%s/hollow.jpg".formatted(classes.get(0)), new byte[0]);
    Gallery gallery = Gallery.of(root, "test", classes);
    viewing = new Viewing(net).of(gallery, new Progress(System.out, PICTURES, System::nanoTime));
    Report.Machine here = new Report.Machine("two cores", 0.5, 0.6, 1);
    report = Evaluation.report(net, gallery, viewing, here);
  }

  @AfterAll
  static void leavesNothingNativeBehind() {
    net.close();
    assertThat(GfNet.openNatives()).isZero();
  }

  @Test
  void countsWhatWasRightAndNamesWhatCouldNotBeRead() {
    assertThat(report.frames()).isEqualTo(PICTURES);
    assertThat(report.accuracyPerStep()).hasSize(3);
    assertThat(report.accuracyPerStep().get(2)).isCloseTo(0.8, within(1e-12));
    assertThat(report.skipped())
        .extracting(Viewing.Skipped::reason)
        .containsExactly("not-an-image", "empty");
    assertThat(report.skipped().get(0).picture()).endsWith("broken.jpg");
    assertThat(report.classes().stream().mapToInt(Report.Part::frames).sum()).isEqualTo(PICTURES);
    double right =
        report.classes().stream()
            .mapToDouble(part -> part.frames() * part.accuracyPerStep().get(2))
            .sum();
    assertThat(right).isCloseTo(16, within(1e-9));
    assertThat(report.clipTable()).allSatisfy(clip -> assertThat(clip.frames()).isGreaterThan(1));
  }

  @Test
  void whatIsReplayedAtEveryPointIsWhatTheClassifierDoesThere() {
    List<Frontier.Point> points = net.bundle().frontier().points();
    try (Classifier classifier = net.classifier(Limits.DEFAULT)) {
      for (Report.Point point : report.frontier()) {
        int looks = 0;
        int right = 0;
        for (Sighting sighting : viewing.sightings()) {
          Sight.Verdict verdict =
              (Sight.Verdict)
                  classifier.classify(
                      bytes(sighting), points.get(point.position()).thresholds(), Deadline.NONE);
          looks += verdict.looks().size();
          right += verdict.best() == sighting.picture().label() ? 1 : 0;
        }
        assertThat(point.meanLooks()).isCloseTo(looks / (double) PICTURES, within(1e-9));
        assertThat(point.accuracy()).isCloseTo(right / (double) PICTURES, within(1e-9));
        assertThat(point.meanMultiplyAdds())
            .isCloseTo(
                net.multiplyAdds().glance() + (point.meanLooks() - 1) * net.multiplyAdds().focus(),
                within(1e-3));
      }
    }
    assertThat(report.frontier()).hasSameSizeAs(points);
    // Otherwise every point is like every other, and this has shown little.
    assertThat(report.frontier().stream().map(Report.Point::meanLooks).distinct())
        .hasSizeGreaterThan(8);
  }

  private static byte[] bytes(Sighting sighting) {
    try {
      return Files.readAllBytes(sighting.picture().file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRealRunEndsLikeItsReplayAndCostsAboutAsMuch() {
    assertThat(report.realRuns())
        .hasSize(3)
        .allSatisfy(
            run -> {
              assertThat(run.differingFrames()).isZero();
              // Loose, for twenty frames of half a millisecond on a machine that does other things.
              assertThat(run.replayError()).isBetween(-0.5, 1.0);
            });
  }

  @Test
  void predictedIsWhatThePromisedExitsWouldCost() {
    List<Frontier.Point> points = net.bundle().frontier().points();
    List<Double> millis = report.stages().lookMillis();
    for (Report.Point point : report.frontier()) {
      double[] promised = points.get(point.position()).exitShares();
      double one = report.stages().decodeMillis() + millis.get(0);
      double two = one + millis.get(1);
      double three = two + millis.get(2);

      assertThat(point.predictedCpuMillis())
          .isCloseTo(
              promised[0] * one + promised[1] * two + promised[2] * three, within(1e-6 * three));
    }
    // Otherwise what came would do for what was predicted.
    assertThat(report.frontier())
        .anySatisfy(point -> assertThat(Math.abs(point.predictionError())).isGreaterThan(0.02));
  }

  @Test
  void atBothEndsOfTheFrontierTheCostIsKnownBeforehand() {
    Report.Point glances = report.frontier().get(0);
    Report.Point all = report.frontier().get(report.frontier().size() - 1);

    assertThat(glances.exitShares()).containsExactly(1.0, 0.0, 0.0);
    assertThat(glances.predictionError()).isCloseTo(0, within(1e-9));
    assertThat(all.exitShares()).containsExactly(0.0, 0.0, 1.0);
    assertThat(all.predictionError()).isCloseTo(0, within(1e-9));
    assertThat(all.meanCpuMillis())
        .isCloseTo(all.meanNetworkCpuMillis() + report.stages().decodeMillis(), within(1e-9));
    assertThat(glances.meanCpuMillis()).isPositive().isLessThan(all.meanCpuMillis());
  }

  @Test
  void theReportHasTheKeysOthersReadAndIsReadBackAsItWas(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/e.json");
    report.write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.path("accuracyPerStep")).hasSize(3);
    assertThat(json.path("frames").asInt()).isEqualTo(PICTURES);
    assertThat(json.path("classes").isArray()).isTrue();
    for (JsonNode point : json.path("frontier")) {
      for (String key :
          List.of(
              "meanCpuMillis", "meanMultiplyAdds", "meanLooks", "accuracy", "predictedCpuMillis")) {
        assertThat(point.path(key).isNumber()).as(key).isTrue();
      }
    }
    assertThat(Report.read(file)).isEqualTo(report);
  }

  @Test
  void saysOfAFileThatItIsNoReport(@TempDir Path folder) throws IOException {
    Path other = Files.writeString(folder.resolve("e.json"), "{\"format\": 1}");
    assertThatThrownBy(() -> Report.read(other)).hasMessageContaining("expected the report");
    Files.writeString(other, "accuracy: good");
    assertThatThrownBy(() -> Report.read(other)).hasMessageContaining("expected the report");
    report.write(other);
    Files.writeString(other, Files.readString(other).replace("\"format\" : 1", "\"format\" : 2"));
    assertThatThrownBy(() -> Report.read(other)).hasMessageContaining("format 1");
  }

  @Test
  void theTableOfLooksHasARowForEachFrame(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("looks.csv");
    LooksTable.write(viewing, file);

    List<String> rows = Files.readAllLines(file);
    assertThat(rows.get(0))
        .isEqualTo("clip,confidence1,correct1,confidence2,correct2,confidence3,correct3");
    assertThat(rows).hasSize(PICTURES + 1);
    assertThat(rows.stream().skip(1).filter(row -> row.endsWith(",1"))).hasSize(16);
    assertThat(rows.subList(1, rows.size()))
        .allMatch(row -> row.matches("\"[^\"]+\"(,[01]\\.\\d{7},[01]){3}"));
  }

  @Test
  void chartsAreDrawnFromTheFigures() throws Exception {
    Document accuracy = xml(Charts.accuracy(report));
    Document exits = xml(Charts.exits(report));

    // A dot for each point, and one for each number of looks.
    assertThat(accuracy.getElementsByTagName("circle").getLength())
        .isEqualTo(report.frontier().size() + 3);
    // A bar for each look at each point, beside the ground and three of the legend.
    assertThat(exits.getElementsByTagName("rect").getLength())
        .isEqualTo(report.frontier().size() * 3 + 4);
  }

  @Test
  void aNetworkThatIsAlwaysRightIsDrawnToo(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("e.json");
    report.write(file);
    Files.writeString(
        file, Files.readString(file).replaceAll("\"(low|accuracy)\" : [0-9.]+", "\"$1\" : 1.0"));

    assertThat(xml(Charts.accuracy(Report.read(file))).getElementsByTagName("circle").getLength())
        .isPositive();
  }

  @Test
  void picturesShowWhereItLookedInOrder(@TempDir Path folder) throws Exception {
    int count = new ShownLooks(folder, net.bundle().classes()).write(viewing);

    assertThat(count).isEqualTo(PICTURES);
    assertThat(Files.readString(folder.resolve("index.html")).split("<img ")).hasSize(PICTURES + 1);
    Sighting first = viewing.sightings().get(0);
    try (var files = Files.list(folder)) {
      Path file =
          files
              .filter(it -> it.getFileName().toString().startsWith("00001-"))
              .findAny()
              .orElseThrow();
      NodeList boxes = xml(Files.readString(file)).getElementsByTagName("rect");
      // The first is the ground.
      assertThat(boxes.getLength()).isEqualTo(4);
      for (int look = 0; look < 3; look++) {
        var box = boxes.item(look + 1).getAttributes();
        assertThat(box.getNamedItem("x").getNodeValue())
            .isEqualTo("" + first.looks().get(look).x());
        assertThat(box.getNamedItem("height").getNodeValue())
            .isEqualTo("" + first.looks().get(look).height());
      }
    }
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesAFolderWhereNothingCanBeRead(@TempDir Path folder) throws IOException {
    new Folder(folder).with("test/amber/broken.jpg", new byte[] {1, 2, 3});
    Gallery gallery = Gallery.of(folder, "test", net.bundle().classes());

    assertThatThrownBy(
            () -> new Viewing(net).of(gallery, new Progress(System.out, 1, System::nanoTime)))
        .hasMessageContaining("at least 1 readable picture")
        .hasMessageContaining("broken.jpg");
  }
}
