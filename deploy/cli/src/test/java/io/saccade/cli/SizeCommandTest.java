package io.saccade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the shipped bundle's figures; the arithmetic is tested where it is done. */
class SizeCommandTest {
  private static final String BUNDLE = Docs.ROOT.resolve("models/bundles/runway").toString();

  @TempDir Path folder;

  private static Run size(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "size";
    all[1] = "--bundle";
    all[2] = BUNDLE;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Run.saccade(all);
  }

  @Test
  void saysWhatEachQualityTakesAndWhatToStartWith() {
    Run run = size("--cameras", "100", "--fps", "10", "--resolution", "720p");

    assertThat(run.code()).isZero();
    // 1,000 frames/s x (3.2 + 7.2) ms / 0.894 = 11.64 cores; / 0.95 = 13 subtasks.
    assertThat(run.out())
        .contains("100 cameras x 10 frames/s of 1280x720: 1,000 frames/s", "glance", "best", "full")
        .contains("at full: --budget-cores 11.64", "--parallelism 13", "13 partitions")
        .contains("frames 129.9 MB/s in")
        .contains("besides, on top of these cores: Kafka's clients and the JVM's own threads");
  }

  @Test
  void theSameAsJson() throws Exception {
    Run run = size("--cameras", "100", "--quality", "glance", "--json");

    JsonNode found = new ObjectMapper().readTree(run.out());
    assertThat(found.at("/chosen/name").asText()).isEqualTo("glance");
    assertThat(found.at("/chosen/cores").asDouble()).isBetween(6.2, 6.4);
    assertThat(found.at("/load/cameras").asInt()).isEqualTo(100);
  }

  @Test
  void tooFewCoresLeaveFramesOut() {
    Run run = size("--cameras", "100", "--cores", "3");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("not even glances fit: 48 %", "--budget-cores 3.00");
  }

  @Test
  void putsThreeSizesIntoAPage() throws Exception {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "<!-- size -->\nold\n<!-- /size -->\n");

    assertThat(size("--page", page.toString()).code()).isZero();
    assertThat(Files.readString(page))
        .contains("| cameras | 10 | 1,000 | 100,000 |", "| jobs | 1 | 1 | ")
        .doesNotContain("old");
  }

  @Test
  void wrongUsageIsSaid() {
    assertThat(size("--cameras", "0").code()).isEqualTo(2);
    assertThat(size("--resolution", "large").err()).contains("resolution must be such as");
    Run both = size("--quality", "full", "--cores", "1");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("at most one of --quality and --cores");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Run run = size("--cameras", "0", "--fps", "-1", "--resolution", "large", "--replication", "0");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("cameras must be within")
        .contains("frames per second must be above 0")
        .contains("resolution must be such as")
        .contains("replication must be");
  }

  @Test
  void aPageThatIsNotThereIsSaidByItsOption() {
    Run run = size("--page", folder.resolve("none.md").toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("--page must be a file that is there, but was")
        .contains("none.md")
        .doesNotContain("Exception");
  }

  @Test
  void aBundleThatWasNeverEvaluatedIsRefused() {
    Run run =
        Run.saccade(
            "size", "--bundle", Docs.ROOT.resolve("models/gfnet/src/test/bundles/tiny").toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("bundle must hold its evaluation");
  }
}
