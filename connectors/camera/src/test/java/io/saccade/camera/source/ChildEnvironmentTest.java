package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {

  @Test
  void whatMayBeAPasswordIsKeptFromTheChild() {
    ProcessBuilder builder = new ProcessBuilder("ffmpeg");
    builder.environment().put("YARD_PASSWORD", "geheim");

    ChildEnvironment.restrict(builder);

    assertThat(builder.environment().keySet()).isSubsetOf(ChildEnvironment.ALLOWED);
  }

  @Test
  void theLibrariesBesideAProgramAreFoundBeforeOthers() {
    ProcessBuilder builder = new ProcessBuilder("/cache/ffmpeg/ffmpeg");
    builder.environment().put("LD_LIBRARY_PATH", "/opt/lib");

    ChildEnvironment.restrict(builder);

    assertThat(builder.environment()).containsEntry("LD_LIBRARY_PATH", "/cache/ffmpeg:/opt/lib");
  }

  @Test
  void aProgramOfTheMachineIsLeftAsItIs() {
    ProcessBuilder builder = new ProcessBuilder("ffmpeg");
    builder.environment().remove("LD_LIBRARY_PATH");

    ChildEnvironment.restrict(builder);

    assertThat(builder.environment()).doesNotContainKey("LD_LIBRARY_PATH");
  }
}
