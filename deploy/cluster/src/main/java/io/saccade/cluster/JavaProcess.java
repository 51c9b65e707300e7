package io.saccade.cluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of Java with the class path of this one, in a session of its own. */
public final class JavaProcess {
  private JavaProcess() {}

  /**
   * Starts one.
   *
   * @param folder for its log, {@code NAME.log}, and what it says, {@code NAME.out}
   * @param options of the JVM
   */
  public static Process start(
      Path folder, String name, List<String> options, String mainClass, List<String> arguments)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xss512k"));
    all.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    all.add(
        "-Dlog4j.configurationFile="
            + Files.writeString(folder.resolve("log4j2.xml"), Settings.log()).toUri());
    all.add("-Dlog.file=" + folder.resolve(name + ".log"));
    all.addAll(options);
    Program program = new Program(name, all, mainClass, arguments);
    program.write(folder, Jars.ofThisProcess().all());
    List<String> command = new ArrayList<>(Program.apart());
    command.addAll(List.of(Program.java(), "@" + Program.file(folder, name)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve(name + ".out").toFile()));
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    return builder.start();
  }
}
