package io.saccade.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one of a cluster's programs is started. It stands in a file that {@code java} reads, so that
 * command lines are short, whatever the class path.
 *
 * @param name such as {@code taskmanager-1}
 * @param options of the JVM
 * @param mainClass what is run
 * @param arguments of the main class; {@link #LIFE} in them is the number of the process
 */
record Program(String name, List<String> options, String mainClass, List<String> arguments) {
  static final String LIFE = "{life}";
  private static final String SUFFIX = ".args";

  /** Writes it down. */
  void write(Path folder, String classPath) throws IOException {
    List<String> words = new ArrayList<>(options);
    words.addAll(List.of("-cp", classPath, mainClass));
    words.addAll(arguments);
    Files.writeString(file(folder, name), quoted(words));
  }

  /** The words of a file of arguments, one a line, with whatever signs they have. */
  static String quoted(List<String> words) {
    return words.stream()
        .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
        .collect(Collectors.joining());
  }

  static Path file(Path folder, String name) {
    return folder.resolve(name + SUFFIX);
  }

  /** The command that starts a program's next process. */
  static List<String> command(Path conf, Path run, String name, int life) throws IOException {
    String text = Files.readString(file(conf, name)).replace(LIFE, Integer.toString(life));
    return List.of(java(), "@" + Files.writeString(file(run, name), text));
  }

  /**
   * What a command begins with whose process is to be of a session of its own, so that nothing that
   * ends, stops or continues a terminal or a script does so to it; nothing where there is no such
   * program.
   */
  static List<String> apart() {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "setsid")));
    return there ? List.of("setsid") : List.of();
  }

  /** The Java that this process runs on. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
