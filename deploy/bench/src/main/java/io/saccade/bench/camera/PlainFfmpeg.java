package io.saccade.bench.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The program that the cameras use, by itself: decodes streams to JPEGs and throws them away. */
final class PlainFfmpeg implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Path program;
  private final List<Process> processes = new ArrayList<>();
  private final List<Path> progress = new ArrayList<>();

  PlainFfmpeg(Path program) {
    this.program = program;
  }

  void read(String url) throws IOException {
    Path told = Files.createTempFile("saccade-ffmpeg-", ".progress");
    progress.add(told);
    List<String> command = new ArrayList<>(List.of(program.toString(), "-nostdin"));
    command.addAll(List.of("-loglevel", "error", "-progress", told.toString()));
    command.addAll(List.of("-threads", "1", "-rtsp_transport", "tcp", "-i", url, "-an"));
    command.addAll(List.of("-threads", "1", "-filter_threads", "1", "-fps_mode", "vfr"));
    // In milliseconds, for pictures may come faster than the stream says.
    command.addAll(List.of("-enc_time_base", "1:1000"));
    command.addAll(List.of("-c:v", "mjpeg", "-q:v", "7", "-f", "mjpeg", "-y", "/dev/null"));
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  void awaitAllReading() throws InterruptedException {
    Waiting.until(
        "every ffmpeg has made pictures",
        START,
        () -> progress.stream().allMatch(PlainFfmpeg::hasPictures));
  }

  private static boolean hasPictures(Path told) {
    try {
      return Files.readString(told).lines().anyMatch(line -> line.matches("frame=[1-9]\\d*"));
    } catch (IOException e) {
      return false;
    }
  }

  double cpuSeconds() {
    if (!processes.stream().allMatch(Process::isAlive)) {
      throw new IllegalStateException("every ffmpeg must run while it is measured, but one ended");
    }
    return processes.stream().mapToDouble(it -> Proc.cpuSecondsWithEnded(it.pid())).sum();
  }

  @Override
  public void close() throws IOException {
    processes.forEach(Process::destroyForcibly);
    for (Process process : processes) {
      process.onExit().join();
    }
    for (Path told : progress) {
      Files.deleteIfExists(told);
    }
  }
}
