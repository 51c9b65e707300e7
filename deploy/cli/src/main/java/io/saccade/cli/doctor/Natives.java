package io.saccade.cli.doctor;

import io.saccade.camera.ffmpeg.Programs;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.InvalidBundleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Native libraries and programs, by using them: ONNX Runtime and OpenCV answer to the model's
 * golden picture, FFmpeg's programs tell their version.
 *
 * @param bundle the model
 */
public record Natives(Path bundle) implements Check {
  private static final String ADVICE =
      "glibc must be 2.35 or later, the platform the one above, and neither Saccade's folder nor that"
          + " for temporary files mounted noexec";

  /** FFmpeg's programs link the libraries of sound and screen, even where they use neither. */
  private static final Pattern MISSING =
      Pattern.compile("(\\S+): cannot open shared object file: No such file or directory");

  private static final String PACKAGES =
      "Debian, Ubuntu: apt install libasound2 libpulse0 libxcb-shm0 libxcb1 (Ubuntu 24.04:"
          + " libasound2t64 for the first), on 64-bit ARM also libdrm2 libva2 libva-drm2; cameras need them";

  @Override
  public List<Finding> look() throws InterruptedException {
    Finding ffmpeg = program("ffmpeg", Programs::ffmpeg);
    // What keeps one from loading makes a riddle of the other's complaint.
    return ffmpeg.state() == Finding.State.OK
        ? List.of(model(), ffmpeg, program("ffprobe", Programs::ffprobe))
        : List.of(model(), ffmpeg);
  }

  private Finding model() {
    try (GfNet net = GfNet.open(bundle)) {
      GfNet.StageTimes times = net.measured();
      return Finding.ok(
          "model",
          String.format(
              Locale.ROOT,
              "%s %s answers as it should; decode %.1f ms, glance %.1f ms, a look %.1f ms",
              net.bundle().id(),
              net.bundle().version(),
              times.decodeNanos() / 1e6,
              times.glanceNanos() / 1e6,
              times.focusNanos() / 1e6));
    } catch (InvalidBundleException e) {
      return Finding.problem(
          "model",
          String.valueOf(e.getMessage()),
          "a bundle that is whole",
          "fetch it anew (in a checkout: git checkout %s), or give --bundle another"
              .formatted(bundle));
    } catch (LinkageError | CompletionException | IllegalStateException e) {
      return broken("model", e);
    }
  }

  private static Finding program(String name, Supplier<Path> path) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(path.get().toString(), "-version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return broken(name, new IllegalStateException("it hangs"));
      }
      return process.exitValue() == 0
          ? Finding.ok(name, "runs: " + path.get())
          : failed(name, "it ends with " + process.exitValue() + ": " + complaint(process));
    } catch (IOException | LinkageError e) {
      return broken(name, e);
    }
  }

  private static String complaint(Process ended) throws IOException {
    return new String(ended.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static Finding broken(String what, Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return failed(what, root.toString());
  }

  /** Everything but cameras that have to be decoded goes without the system's libraries. */
  static Finding failed(String what, String complaint) {
    Matcher missing = MISSING.matcher(complaint);
    return missing.find()
        ? Finding.warning(
            what, "does not run: no " + missing.group(1), "libraries of the system", PACKAGES)
        : Finding.problem(
            what, "does not load or run: " + complaint, "native libraries that load", ADVICE);
  }
}
