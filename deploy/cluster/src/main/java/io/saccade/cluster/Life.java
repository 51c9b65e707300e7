package io.saccade.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One process of a program. A number of a process alone would not do: numbers are used again.
 *
 * @param program what runs, such as {@code taskmanager-1}
 * @param number 1 for the first process, 2 for the one that was started when it had ended
 * @param pid its process
 * @param startTicks when it started, in the kernel's ticks since boot
 */
public record Life(String program, int number, long pid, long startTicks) {
  private static final String SUFFIX = ".pid";

  /** Of the fields of /proc/PID/stat after the name: state, and the time of the start. */
  private static final int STATE = 0;

  private static final int START = 19;

  /** The life of a process that has just been started. */
  static Life of(String program, int number, long pid) {
    return new Life(program, number, pid, startTicks(pid));
  }

  /**
   * Notes who has just been started, in place of the program's former life. A process that cannot
   * be noted is killed: nobody would find it again.
   *
   * @throws IOException when the note cannot be written
   */
  public static Life note(Path folder, String program, int number, Process started)
      throws IOException {
    Life life = of(program, number, started.pid());
    boolean noted = false;
    try {
      life.write(folder);
      noted = true;
      return life;
    } finally {
      if (!noted) {
        started.destroyForcibly();
      }
    }
  }

  /** Whether this very process still runs, frozen or not. */
  public boolean runs() {
    return startTicks >= 0 && startTicks(pid) == startTicks;
  }

  /** Ends it at once, without a chance to object. */
  public void kill() {
    handle().ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Asks it to end. */
  void end() {
    handle().ifPresent(ProcessHandle::destroy);
  }

  private Optional<ProcessHandle> handle() {
    return runs() ? ProcessHandle.of(pid) : Optional.empty();
  }

  /** Notes it, in place of the program's former life. */
  void write(Path folder) throws IOException {
    Path fresh = folder.resolve(program + ".new");
    Files.writeString(fresh, "%d %d %d%n".formatted(number, pid, startTicks));
    Files.move(
        fresh,
        folder.resolve(program + SUFFIX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The newest life of each program, in the order of names; none where there is no folder. */
  public static List<Life> all(Path folder) {
    List<Life> lives = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(it -> it.toString().endsWith(SUFFIX)).sorted().toList()) {
          read(file).ifPresent(lives::add);
        }
      } catch (IOException e) {
        throw new IllegalStateException("cannot read who runs in " + folder + ": " + e, e);
      }
    }
    return lives;
  }

  private static Optional<Life> read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String[] fields = noted(file).strip().split(" ", -1);
    if (fields.length != 3 || !Arrays.stream(fields).allMatch(it -> it.matches("-?\\d{1,18}"))) {
      return Optional.empty();
    }
    return Optional.of(
        new Life(
            name.substring(0, name.length() - SUFFIX.length()),
            Integer.parseInt(fields[0]),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2])));
  }

  /** Nothing when somebody has deleted it meanwhile. */
  private static String noted(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** -1 for a process that is not there, or has ended and only waits to be noticed. */
  private static long startTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid, "stat"));
      // The name, in brackets, may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return ended ? -1 : Long.parseLong(fields[START]);
    } catch (IOException e) {
      return -1;
    }
  }
}
