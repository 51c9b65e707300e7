package io.saccade.job.network;

import io.saccade.wire.Excerpt;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders that models may be ordered from. Whoever may write control records names a path; what
 * is read on this machine is for whoever started the job to say.
 *
 * @param folders their paths
 */
record ModelFolders(List<String> folders) implements Serializable {
  /** Characters of a location in a refusal, which ends in a log and on a terminal. */
  private static final int MOST_SHOWN = 200;

  ModelFolders {
    folders = List.copyOf(folders);
    if (folders.isEmpty()) {
      throw new IllegalArgumentException("folders must be at least 1, but were 0");
    }
  }

  /**
   * The true path of a model, links followed.
   *
   * @throws IllegalArgumentException when it is outside of all folders, not absolute, or not there;
   *     what it says of the location is one line that prints
   */
  Path admit(String location) {
    Path asked = absolute(location);
    // Whether there is anything outside is nobody's business: not looked at before this.
    if (absolute().stream().noneMatch(folder -> within(folder, asked.normalize()))) {
      throw outside(location);
    }
    Path found = found(asked, location);
    if (existing().stream().noneMatch(folder -> within(folder, found))) {
      throw outside(location);
    }
    if (!Files.isReadable(found)) {
      throw new IllegalArgumentException(
          "location must be readable by the TaskManager, but %s was not"
              .formatted(shown(location)));
    }
    return found;
  }

  private static Path absolute(String location) {
    try {
      Path asked = Path.of(location);
      if (asked.isAbsolute()) {
        return asked;
      }
    } catch (InvalidPathException e) {
      // Without the cause, whose message has the location as it came.
      throw new IllegalArgumentException("location must be a path, but was " + shown(location));
    }
    throw new IllegalArgumentException(
        "location must be an absolute path, but was " + shown(location));
  }

  private static String shown(String location) {
    return Excerpt.plain(location, MOST_SHOWN);
  }

  private static boolean within(Path folder, Path path) {
    return path.startsWith(folder) && !path.equals(folder);
  }

  private static Path found(Path asked, String location) {
    try {
      return asked.toRealPath();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "location must be a bundle on the TaskManager's machine, but nothing could be found at %s (%s)"
              .formatted(shown(location), e.getClass().getSimpleName()),
          e);
    }
  }

  /** Both as they are written and as they truly are, since either may be named. */
  private List<Path> absolute() {
    List<Path> all = new ArrayList<>(existing());
    folders.forEach(folder -> all.add(Path.of(folder).toAbsolutePath().normalize()));
    return all;
  }

  private List<Path> existing() {
    return folders.stream().flatMap(ModelFolders::real).toList();
  }

  /** Nothing when it is not there: then nothing can be within it. */
  private static Stream<Path> real(String folder) {
    try {
      return Stream.of(Path.of(folder).toRealPath());
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private IllegalArgumentException outside(String location) {
    return new IllegalArgumentException(
        "location must be within %s, from where this job takes models, but was %s"
            .formatted(String.join(" or ", folders), shown(location)));
  }
}
