package io.saccade.cli.doctor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Programs that the guide mentions, but Saccade does not need.
 *
 * @param folders where programs are, as in {@code PATH}
 */
public record Programs(String folders) implements Check {
  private record Wish(String program, String use) {}

  private static final List<Wish> WISHES =
      List.of(
          new Wish("kcat", "sends frames and reads labels in a shell (Debian, Ubuntu: kcat)"),
          new Wish("jq", "picks fields out of labels"),
          new Wish("chromium", "is what the tests of the web page run; any browser shows it"));

  @Override
  public List<Finding> look() {
    return Stream.concat(WISHES.stream().map(this::look), Stream.of(python())).toList();
  }

  private Finding look(Wish wish) {
    return find(wish.program)
        .map(path -> Finding.ok(wish.program, path.toString()))
        .orElseGet(() -> missing(wish.program, wish.use));
  }

  private static Finding missing(String program, String use) {
    return Finding.hint(program, "not there", "install it if wanted: it " + use);
  }

  private Finding python() {
    return find("python3")
        .map(Python::look)
        .orElseGet(() -> missing("python3", "trains models: " + Python.WANTED));
  }

  private Optional<Path> find(String program) {
    return Stream.of(folders.split(Pattern.quote(File.pathSeparator)))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
