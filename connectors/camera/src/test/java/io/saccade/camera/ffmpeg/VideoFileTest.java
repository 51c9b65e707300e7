package io.saccade.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFileTest {
  private static final Path CLIPS = Path.of("../../deploy/quickstart/clips");

  @TempDir Path folder;

  @AfterEach
  void freesWhateverItAllocated() {
    assertThat(VideoFile.openNatives()).isZero();
  }

  @Test
  void givesEveryFrameAsAJpegOfTheVideosSize() throws IOException {
    List<byte[]> jpegs = jpegs(CLIPS.resolve("bolt-012169.mp4"));

    assertThat(jpegs).hasSize(126);
    for (byte[] jpeg : jpegs) {
      BufferedImage picture = picture(jpeg);
      assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(300, 300);
    }
  }

  /** Against the means of a 3x3 grid of frame 60 as FFmpeg's own program decodes it to RGB. */
  @Test
  void keepsTheColoursOfTheVideo() throws IOException {
    int[][] expected = {
      {176, 157, 143}, {183, 160, 141}, {179, 157, 137},
      {138, 137, 124}, {169, 158, 135}, {183, 161, 141},
      {192, 168, 148}, {187, 163, 143}, {182, 159, 140}
    };

    BufferedImage picture = picture(jpegs(CLIPS.resolve("soda_can-029843.mp4")).get(60));

    for (int cell = 0; cell < 9; cell++) {
      double[] seen = meanOfCell(picture, cell % 3 * 100, cell / 3 * 100);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(seen[channel]).isCloseTo(expected[cell][channel], within(2.5));
      }
    }
  }

  private static double[] meanOfCell(BufferedImage picture, int left, int top) {
    double[] mean = new double[3];
    for (int pixel : picture.getRGB(left, top, 100, 100, null, 0, 100)) {
      mean[0] += ((pixel >> 16) & 0xff) / 1e4;
      mean[1] += ((pixel >> 8) & 0xff) / 1e4;
      mean[2] += (pixel & 0xff) / 1e4;
    }
    return mean;
  }

  @Test
  void saysWhyATextIsNotAVideo() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.mp4"), "not a video\n");

    assertThatThrownBy(() -> new VideoFile(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("notes.mp4")
        .hasMessageContaining("Invalid data");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> new VideoFile(folder.resolve("none.mp4")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.mp4")
        .hasMessageContaining("No such file");
  }

  @Test
  void readsAFileWhoseNameIsNotPlain() throws IOException {
    Path odd = folder.resolve("Rollbahn süd, 7:30 %d.mp4");
    Files.copy(CLIPS.resolve("bolt-012169.mp4"), odd);

    assertThat(jpegs(odd)).hasSize(126);
  }

  @Test
  void passesOverWhatIsDamaged() throws IOException {
    byte[] whole = Files.readAllBytes(CLIPS.resolve("bolt-012169.mp4"));
    for (int i = whole.length / 3; i < whole.length / 3 + 20_000; i++) {
      whole[i] ^= 0x55;
    }
    Path damaged = Files.write(folder.resolve("damaged.mp4"), whole);

    assertThat(jpegs(damaged)).hasSizeBetween(60, 126);
  }

  private static List<byte[]> jpegs(Path file) throws IOException {
    List<byte[]> jpegs = new ArrayList<>();
    try (VideoFile video = new VideoFile(file)) {
      for (byte[] jpeg = video.nextJpeg(); jpeg != null; jpeg = video.nextJpeg()) {
        jpegs.add(jpeg);
      }
      assertThat(VideoFile.openNatives()).isPositive();
    }
    return jpegs;
  }

  private static BufferedImage picture(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }
}
