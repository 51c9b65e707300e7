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
          new Wish("python3", "trains models: 3.11 or 3.12"),
          new Wish("chromium", "is what the tests of the web page run; any browser shows it"));

  @Override
  public List<Finding> look() {
    return WISHES.stream()
        .map(
            wish ->
                find(wish.program)
                    .map(path -> Finding.ok(wish.program, path.toString()))
                    .orElseGet(
                        () ->
                            Finding.hint(
                                wish.program, "not there", "install it if wanted: it " + wish.use)))
        .toList();
  }

  private Optional<Path> find(String program) {
    return Stream.of(folders.split(Pattern.quote(File.pathSeparator)))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
