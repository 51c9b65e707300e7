package io.saccade.simulate.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.gfnet.GfNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final Path TINY = Path.of("../gfnet/src/test/bundles/tiny");

  @TempDir private Path data;

  @Test
  void takesEveryLookAtEveryPicture() throws IOException {
    try (GfNet net = GfNet.open(TINY)) {
      picture(net.bundle().classes().get(0), "1.png");
      picture(net.bundle().classes().get(0), "2.png");
      picture(net.bundle().classes().get(1), "1.png");
      List<Integer> progress = new ArrayList<>();

      Trace trace = Recorder.record(net, data, progress::add);

      assertThat(progress).containsExactly(2, 3);
      assertThat(trace.clips()).hasSize(2);
      assertThat(trace.looks()).isEqualTo(net.bundle().steps());
      assertThat(trace.sha256()).isEqualTo(net.bundle().sha256());
      TracedFrame one = trace.clips().get(0).frames().get(0);
      TracedFrame other = trace.clips().get(1).frames().get(0);
      for (int look = 1; look <= trace.looks(); look++) {
        // The same picture under two names is right at most once.
        assertThat(one.right(look) && other.right(look)).isFalse();
        assertThat(one.looks().get(look - 1).confidence())
            .isEqualTo(other.looks().get(look - 1).confidence());
        assertThat(one.looks().get(look - 1).nanos()).isPositive();
      }
      assertThat(TraceWriter.text(TraceParser.parse("t.csv", TraceWriter.text(trace))))
          .isEqualTo(TraceWriter.text(trace));
    }
    assertThat(GfNet.openNatives()).isZero();
  }

  @Test
  void refusesFoldersThatAreNoClasses() throws IOException {
    picture("no such class", "1.png");
    try (GfNet net = GfNet.open(TINY)) {
      assertThatThrownBy(() -> Recorder.record(net, data, frames -> {}))
          .hasMessageContaining("must be classes of the model")
          .hasMessageContaining("no such class");
    }
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException {
    try (GfNet net = GfNet.open(TINY)) {
      Path clip = Files.createDirectories(data.resolve(net.bundle().classes().get(0)).resolve("c"));
      Files.writeString(clip.resolve("note.txt"), "not a picture");
      assertThatThrownBy(() -> Recorder.record(net, data, frames -> {}))
          .hasMessageContaining("expected a picture, but found")
          .hasMessageContaining("note.txt");
    }
  }

  private void picture(String label, String name) throws IOException {
    Path clip = Files.createDirectories(data.resolve(label).resolve("clip of " + label));
    Files.copy(TINY.resolve("golden.png"), clip.resolve(name));
  }
}
