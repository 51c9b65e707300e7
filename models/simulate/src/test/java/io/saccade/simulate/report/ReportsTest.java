package io.saccade.simulate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.saccade.simulate.Traces;
import io.saccade.simulate.contest.Contender;
import io.saccade.simulate.contest.Contest;
import io.saccade.simulate.load.Scenarios;
import io.saccade.simulate.trace.Trace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
  private static final Trace TRACE = Traces.mixed(1);
  private static final List<Contest> CONTESTS =
      Scenarios.of(TRACE).subList(0, 2).stream()
          .map(scenario -> Contest.of(scenario, TRACE, 7))
          .toList();

  @TempDir private Path folder;

  @Test
  void jsonHasTheMeasuresOfEveryController() throws IOException {
    Path file = folder.resolve("s.json");
    Reports.json(CONTESTS, TRACE, 7, file);
    JsonNode report = new ObjectMapper().readTree(Files.readString(file));
    assertThat(report.at("/seed").asLong()).isEqualTo(7);
    assertThat(report.at("/model/frames").asInt()).isEqualTo(360);
    assertThat(report.at("/scenarios")).hasSize(2);
    for (Contender contender : Contender.values()) {
      JsonNode measures = report.at("/scenarios/0/controllers").path(contender.label());
      assertThat(measures.at("/used").asDouble())
          .isEqualTo(CONTESTS.get(0).measures(contender).used());
      assertThat(measures.at("/unaccounted").asLong(-1)).isZero();
      assertThat(measures.at("/oracle/sameCost").isNumber()).isTrue();
    }
  }

  @Test
  void thePageNeedsNothingFromElsewhere() throws IOException {
    Path file = folder.resolve("s.html");
    Reports.html(CONTESTS, TRACE, file);
    String page = Files.readString(file);
    assertThat(page).doesNotContain("{{", "src=", "href=", "url(", "@import", "<script", "NaN");
    assertThat(page.replace("http://www.w3.org", "")).doesNotContain("http:", "https:");
  }

  @Test
  void everyScenarioHasThreeChartsWithALineForEachController() throws Exception {
    Path file = folder.resolve("s.html");
    Reports.html(CONTESTS, TRACE, file);
    Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(Files.readString(file));
    int charts = 0;
    while (svg.find()) {
      charts++;
      assertThat(lines(svg.group())).isEqualTo(Contender.values().length);
    }
    assertThat(charts).isEqualTo(3 * CONTESTS.size());
  }

  private static long lines(String svg) throws Exception {
    var parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    var paths = parsed.getElementsByTagName("path");
    long lines = 0;
    for (int path = 0; path < paths.getLength(); path++) {
      String style = paths.item(path).getAttributes().getNamedItem("class").getNodeValue();
      lines += style.startsWith("line ") ? 1 : 0;
    }
    return lines;
  }

  @Test
  void theTableOfAPageIsReplacedAndTheRestStays() throws IOException {
    Path file = folder.resolve("page.md");
    Files.writeString(file, "before\n<!-- simulation -->\nold\n<!-- /simulation -->\nafter\n");
    Reports.page(CONTESTS, TRACE, 7, file);
    String once = Files.readString(file);
    assertThat(once).startsWith("before\n").endsWith("after\n").doesNotContain("old");
    assertThat(once).contains("| even | law |", "seed 7");
    Reports.page(CONTESTS, TRACE, 7, file);
    assertThat(file).hasContent(once);
  }

  @Test
  void aPageWithoutAPlaceForTheTableIsRefused() throws IOException {
    Path file = folder.resolve("page.md");
    Files.writeString(file, "nothing here");
    assertThatThrownBy(() -> Reports.page(CONTESTS, TRACE, 7, file))
        .hasMessageContaining("expected <!-- simulation -->");
    assertThat(file).hasContent("nothing here");
  }

  @Test
  void theTableHasALineForEachController() {
    assertThat(Table.lines(CONTESTS.get(0)))
        .hasSize(Contender.values().length)
        .allSatisfy(line -> assertThat(line).hasSameSizeAs(Table.head()));
  }
}
