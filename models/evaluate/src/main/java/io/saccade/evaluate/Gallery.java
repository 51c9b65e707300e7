package io.saccade.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The pictures of a folder with one folder per class: {@code <class>/[<clip>/]*.jpg}. A picture
 * outside a clip's folder is a clip of its own.
 *
 * @param name of the folder, for reports
 * @param pictures by class, clip and name
 * @param emptyClasses folders without a picture
 */
public record Gallery(String name, List<Picture> pictures, List<String> emptyClasses) {
  private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp");

  public Gallery {
    pictures = List.copyOf(pictures);
    emptyClasses = List.copyOf(emptyClasses);
  }

  /**
   * Looks through {@code data/split}.
   *
   * @param classes what the model knows; a folder of another name is refused
   * @throws IllegalArgumentException saying what was expected and what was found
   */
  public static Gallery of(Path data, String split, List<String> classes) throws IOException {
    Path root = data.resolve(split).normalize();
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException(
          "expected %s to hold one folder per class, but there is no such folder".formatted(root));
    }
    Set<String> folders = folders(root);
    Set<String> unknown = new TreeSet<>(folders);
    unknown.removeAll(Set.copyOf(classes));
    if (folders.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "expected %s to hold folders of the model's classes %s, but found %s"
              .formatted(root, classes, folders.isEmpty() ? "no folder" : unknown));
    }
    List<Picture> pictures = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (String folder : folders) {
      List<Picture> found = pictures(root.resolve(folder), folder, classes);
      pictures.addAll(found);
      if (found.isEmpty()) {
        empty.add(folder);
      }
    }
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException(
          "expected pictures (%s) in %s, but its folders hold none"
              .formatted(String.join(", ", new TreeSet<>(ENDINGS)), root));
    }
    return new Gallery(nameOf(root), pictures, empty);
  }

  private static Set<String> folders(Path root) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(root)) {
      entries.filter(Files::isDirectory).forEach(path -> names.add(path.getFileName().toString()));
    }
    return names;
  }

  private static List<Picture> pictures(Path folder, String name, List<String> classes)
      throws IOException {
    int label = classes.indexOf(name);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file))
          .sorted()
          .map(file -> new Picture(file, label, clip(folder.relativize(file), name, classes)))
          .toList();
    }
  }

  /**
   * A clip's name among those of all classes, as in training: its folder's, if that begins with the
   * class, else class/folder. Two classes may have a clip "1" each, which are two clips; a folder
   * that begins with several classes' names begins with the longest of them. A picture without a
   * folder is a clip of its own.
   */
  private static String clip(Path inClass, String name, List<String> classes) {
    Path parent = inClass.getParent();
    if (parent == null) {
      return name + "/" + inClass;
    }
    String clip = parent.toString().replace('\\', '/');
    boolean told = clip.startsWith(name) && !clip.startsWith(name + "/");
    boolean another =
        classes.stream().anyMatch(it -> it.length() > name.length() && clip.startsWith(it));
    return told && !another ? clip : name + "/" + clip;
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** The last two names: where the data lie on this machine is nobody's business. */
  private static String nameOf(Path root) {
    Path whole = root.toAbsolutePath().normalize();
    int names = whole.getNameCount();
    return names == 0 ? "/" : whole.subpath(Math.max(0, names - 2), names).toString();
  }

  /** {@code most} of the pictures, evenly over all classes and clips; all when there are fewer. */
  public Gallery limited(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("limit must be at least 1, but was " + most);
    }
    int count = pictures.size();
    if (most >= count) {
      return this;
    }
    List<Picture> chosen = new ArrayList<>();
    for (long i = 0; i < most; i++) {
      chosen.add(pictures.get((int) (i * count / most)));
    }
    return new Gallery(name, chosen, emptyClasses);
  }
}
