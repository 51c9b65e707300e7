package io.saccade.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.saccade.camera.config.CameraSettings;
import io.saccade.camera.config.Region;
import io.saccade.camera.ffmpeg.Programs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the true FFmpeg. */
@Timeout(60)
class ChildSourceTest {
  private static final String CLIP = "../../deploy/quickstart/clips/soda_can-029843.mp4";

  @TempDir Path folder;

  private static List<Picture> pictures(Source source, int atMost) throws Exception {
    List<Picture> pictures = new ArrayList<>();
    while (pictures.size() < atMost) {
      Picture picture = source.next();
      if (picture == null) {
        break;
      }
      pictures.add(picture);
    }
    return pictures;
  }

  private static Source open(CameraSettings camera) throws IOException {
    return new ChildOpener(Programs.ffmpeg()).open(camera);
  }

  @Test
  void playsAFileAtItsPaceToItsEnd() throws Exception {
    long start = System.nanoTime();
    try (Source source = open(FfmpegCallTest.camera(CLIP, 5.0, null, null))) {
      List<Picture> pictures = pictures(source, 1000);
      double seconds = (System.nanoTime() - start) / 1e9;

      // The clip lasts 11.7 s.
      assertThat(pictures).hasSizeBetween(58, 60);
      assertThat(seconds).isGreaterThan(10.0);
      for (int i = 1; i < pictures.size(); i++) {
        assertThat(pictures.get(i).streamMillis() - pictures.get(i - 1).streamMillis())
            .isCloseTo(200, within(70L));
      }
      assertThat(source.ending()).isEqualTo(new Ending(Trouble.NONE, null));
    }
  }

  @Test
  void cutsScalesAndKeepsTheColours() throws Exception {
    Region upperLeft = new Region(0, 0, 100, 100);
    try (Source source = open(FfmpegCallTest.camera(CLIP, null, 50, upperLeft))) {
      BufferedImage picture =
          ImageIO.read(new ByteArrayInputStream(pictures(source, 61).get(60).image()));

      assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(50, 50);
      // Mean of this part of frame 60 as FFmpeg's own program decodes it to RGB.
      double[] expected = {176, 157, 143};
      for (int channel = 0; channel < 3; channel++) {
        double mean = 0;
        for (int pixel : picture.getRGB(0, 0, 50, 50, null, 0, 50)) {
          mean += ((pixel >> (16 - 8 * channel)) & 0xff) / 2500.0;
        }
        assertThat(mean).isCloseTo(expected[channel], within(4.0));
      }
    }
  }

  @Test
  void saysWhyItCannotBeRead() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.mp4"), "not a video\n");
    try (Source source = open(FfmpegCallTest.camera(text.toString(), null, null, null))) {
      assertThat(source.next()).isNull();
      assertThat(source.ending().trouble()).isEqualTo(Trouble.NOT_A_VIDEO);
    }
    try (Source source =
        open(FfmpegCallTest.camera("rtsp://bob:geheim@127.0.0.1:1/a", null, null, null))) {
      assertThat(source.next()).isNull();
      assertThat(source.ending().trouble()).isEqualTo(Trouble.REFUSED);
      assertThat(source.ending().said()).doesNotContain("geheim");
    }
  }

  @Test
  void tellsTheChildNothingItNeedNotKnow() throws Exception {
    try (Source source = open(FfmpegCallTest.camera(CLIP, null, null, null))) {
      assertThat(source.next()).isNotNull();
      long child = ProcessHandle.current().children().findAny().orElseThrow().pid();
      String environment = Files.readString(Path.of("/proc/" + child + "/environ"));

      assertThat(System.getenv()).hasSizeGreaterThan(ChildEnvironment.ALLOWED.size());
      assertThat(environment.replace('\0', '\n').lines())
          .allSatisfy(it -> assertThat(ChildEnvironment.ALLOWED).contains(it.split("=", 2)[0]));
    }
  }

  @Test
  void leavesNoChildBehind() throws Exception {
    Source source = open(FfmpegCallTest.camera(CLIP, null, null, null));
    assertThat(source.next()).isNotNull();
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    assertThat(children).isNotEmpty();

    source.kill();

    pictures(source, 1000);
    source.close();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
  }
}
