package io.saccade.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a Python can train models; nothing else needs one. */
final class Python {
  /** As the launcher wants it before it trains. */
  static final String WANTED = "3.11 or 3.12, with venv";

  private static final Pattern VERSION = Pattern.compile("^Python (\\d+\\.\\d+)");
  private static final List<String> GOOD = List.of("3.11", "3.12");
  private static final long ANSWER_SECONDS = 10;

  /** Without ensurepip, which Debian packs apart, no folder of its own can be made for training. */
  private static final String HAS_VENV = "import venv, ensurepip";

  private Python() {}

  static Finding look(Path python) {
    try {
      return look(python, said(python, "--version"));
    } catch (IOException e) {
      return unfit(python + " does not start: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unfit(python + " was not waited for");
    }
  }

  private static Finding look(Path python, Said version) throws IOException, InterruptedException {
    Matcher found = VERSION.matcher(version.text);
    if (!version.well || !found.find()) {
      return unfit(python + " does not tell its version");
    }
    if (!GOOD.contains(found.group(1))) {
      return unfit("%s: %s".formatted(python, found.group(1)));
    }
    return said(python, "-c", HAS_VENV).well
        ? Finding.ok("python3", "%s: %s".formatted(python, found.group(1)))
        : unfit("%s: %s, without venv".formatted(python, found.group(1)));
  }

  private static Finding unfit(String found) {
    return Finding.warning(
        "python3",
        found,
        WANTED,
        "only to train models (Debian 12, Ubuntu 24.04: apt install python3 python3-venv);"
            + " all else does without");
  }

  /** What a call has said, and whether it ended well and in time. */
  private record Said(boolean well, String text) {}

  private static Said said(Path python, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder call = new ProcessBuilder(python.toString()).redirectErrorStream(true);
    call.command().addAll(List.of(arguments));
    Process process = call.start();
    try {
      process.getOutputStream().close();
      boolean ended = process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS);
      // It fits into the pipe; one that goes on is not read.
      return ended
          ? new Said(
              process.exitValue() == 0, new String(process.getInputStream().readAllBytes(), UTF_8))
          : new Said(false, "");
    } finally {
      process.destroyForcibly();
    }
  }
}
