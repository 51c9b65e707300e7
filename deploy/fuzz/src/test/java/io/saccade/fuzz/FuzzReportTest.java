package io.saccade.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzReportTest {
  @TempDir Path folder;

  @Test
  void countsTheRunsThatTheFuzzerTellsAtItsEnd() {
    assertThat(FuzzReport.executions("#8\tINITED\n#512\tpulse\nDone 700 runs in 5 second(s)\n"))
        .isEqualTo(700);
  }

  @Test
  void countsThoseToldLastWhereItWasEnded() {
    assertThat(FuzzReport.executions("#8\tINITED\n#512\tpulse  cov: 3\n==7== ERROR: timeout"))
        .isEqualTo(512);
    assertThat(FuzzReport.executions("nothing was run")).isZero();
  }

  @Test
  void addsUpWhatWasRunAndKeepsOthers() throws IOException {
    Path report = folder.resolve("fuzz.json");
    Path log = Files.writeString(folder.resolve("log"), "Done 700 runs in 5 second(s)\n");
    Path found =
        Files.writeString(
            folder.resolve("found"),
            "#700\tpulse\nartifact_prefix='x/'; Test unit written to x/json/crash-3587\n");
    Path killed = Files.writeString(folder.resolve("killed"), "#700\tpulse\nKilled\n");
    FuzzReport.main(new String[] {report.toString(), "wire", "5", "2", log.toString()});
    FuzzReport.main(new String[] {report.toString(), "picture", "60", "40", killed.toString()});
    FuzzReport.main(new String[] {report.toString(), "wire", "7", "6", found.toString()});

    ObjectNode read = (ObjectNode) new ObjectMapper().readTree(Files.readString(report));
    assertThat(read.at("/targets/wire").toString())
        .isEqualTo(
            "{\"runs\":2,\"seconds\":12,\"cpuSeconds\":8,\"executions\":1400,\"findings\":1}");
    assertThat(read.at("/targets/picture/findings").asInt(-1)).isZero();
    assertThat(read.path("machine").asText()).contains("cores");
  }
}
