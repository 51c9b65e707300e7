package io.saccade.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Frames per second of the three ways, as written to the report file.
 *
 * @param bareFps median over the rounds: decode and looks in a plain loop
 * @param inProcessFps median over the rounds: Flink job with a source in the process
 * @param kafkaFps median over the rounds: Flink job from Kafka to Kafka, broker in the process
 * @param inProcessRatio median over the rounds of in-process against bare, of the same round
 * @param kafkaRatio median over the rounds of Kafka against bare, of the same round
 * @param spread widest less narrowest round against the median, by figure
 * @param rounds in the order measured
 * @param countedSeconds counted together
 * @param threads that classify
 * @param position on the frontier, the same in all
 * @param pictures what was classified
 */
public record PipelineReport(
    double bareFps,
    double inProcessFps,
    double kafkaFps,
    double inProcessRatio,
    double kafkaRatio,
    Map<String, Double> spread,
    List<Round> rounds,
    double countedSeconds,
    int threads,
    double position,
    String pictures,
    String model,
    String machine,
    Map<String, String> versions) {

  /** One turn of each way. */
  public record Round(
      double bareFps,
      double inProcessFps,
      double kafkaFps,
      double inProcessRatio,
      double kafkaRatio,
      double meanLooks) {

    static Round of(Throughput bare, Throughput inProcess, Throughput kafka) {
      return new Round(
          bare.framesPerSecond(),
          inProcess.framesPerSecond(),
          kafka.framesPerSecond(),
          inProcess.framesPerSecond() / bare.framesPerSecond(),
          kafka.framesPerSecond() / bare.framesPerSecond(),
          bare.meanLooks());
    }
  }

  static PipelineReport of(
      List<Round> rounds,
      double countedSeconds,
      double position,
      String pictures,
      String model,
      String machine,
      Map<String, String> versions) {
    return new PipelineReport(
        median(rounds, Round::bareFps),
        median(rounds, Round::inProcessFps),
        median(rounds, Round::kafkaFps),
        median(rounds, Round::inProcessRatio),
        median(rounds, Round::kafkaRatio),
        Map.of(
            "bareFps", spread(rounds, Round::bareFps),
            "inProcessFps", spread(rounds, Round::inProcessFps),
            "kafkaFps", spread(rounds, Round::kafkaFps),
            "inProcessRatio", spread(rounds, Round::inProcessRatio),
            "kafkaRatio", spread(rounds, Round::kafkaRatio)),
        List.copyOf(rounds),
        countedSeconds,
        1,
        position,
        pictures,
        model,
        machine,
        versions);
  }

  static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[sorted.length - 1] - sorted[0]) / median(rounds, figure);
  }

  /** Writes the figures as JSON. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this));
  }
}
