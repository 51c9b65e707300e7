package io.saccade.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a cluster runs from: those jars of this process's class path that Flink's own {@code lib}
 * folder would hold, and the packed job.
 *
 * @param classPath of this process
 * @param home where Saccade is
 */
record Jars(List<Path> classPath, Path home) {
  /** Flink, what it needs, and logging; no tests of its, and not what the job brings itself. */
  private static final Predicate<String> FLINK =
      Pattern.compile(
              "(flink-(?!connector-kafka|table|json|test).*(?<!-tests)|snakeyaml-engine.*|kryo.*"
                  + "|reflectasm.*|objenesis.*|minlog.*|javassist.*|async-profiler.*|jsr305.*"
                  + "|commons-(cli|collections|compress|io|lang3|math3|text)-.*|slf4j-api.*"
                  + "|log4j-.*|lz4-java.*|snappy-java.*)\\.jar")
          .asMatchPredicate();

  /** Each JVM can load natives only once, however many jobs it runs. */
  private static final Predicate<String> NATIVE =
      Pattern.compile("(onnxruntime|javacpp|openblas|opencv)-.*\\.jar").asMatchPredicate();

  private static final Predicate<String> JOB =
      Pattern.compile("saccade-job-(.*-)?flink\\.jar").asMatchPredicate();

  static Jars ofThisProcess() {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
            .filter(it -> !it.isEmpty())
            .map(it -> Path.of(it).toAbsolutePath())
            .toList();
    return new Jars(
        classPath, Path.of(System.getProperty("saccade.home", "")).toAbsolutePath().normalize());
  }

  /** The class path of JobManager, TaskManagers, ZooKeeper and clients. */
  String ofTheCluster() {
    List<Path> jars =
        Stream.concat(named(FLINK), named(NATIVE)).distinct().collect(Collectors.toList());
    require(
        jars, "flink-runtime-", "Flink's jars must be on the class path, but flink-runtime is not");
    require(jars, "onnxruntime-", "ONNX Runtime must be on the class path, but it is not");
    return joined(jars.stream());
  }

  private static void require(List<Path> jars, String begin, String otherwise) {
    if (jars.stream().noneMatch(jar -> name(jar).startsWith(begin))) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** Where this very code is, which is all that the keeper needs. */
  static String ofTheKeeper() {
    try {
      return Path.of(Keeper.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All of this process's. */
  String all() {
    return joined(classPath.stream());
  }

  /** The packed job, beside the jar for dependents or where Saccade has put it. */
  Path job() {
    Stream<Path> beside =
        classPath.stream()
            .filter(it -> it.toString().matches(".*/(saccade-job-[^/]*\\.jar|flink-job/target/.*)"))
            .map(Path::getParent);
    Stream<Path> shipped = Stream.of("flink-job/target", "lib", "job", "").map(home::resolve);
    return Stream.concat(beside, shipped)
        .map(Jars::jobIn)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the packed job, saccade-job-VERSION-flink.jar, must be in %s, but is not; mvn package makes it"
                        .formatted(home.resolve("flink-job/target"))));
  }

  private static Optional<Path> jobIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> JOB.test(name(it))).max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<Path> named(Predicate<String> wanted) {
    return classPath.stream().filter(jar -> wanted.test(name(jar)));
  }

  private static String joined(Stream<Path> paths) {
    return paths.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
