package io.saccade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README and the pages beside it, and what they tell people to type. */
final class Docs {
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /** Also within a list, where a block is indented. */
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([a-z]*)\\n(.*?)^ *```$");

  private static final Pattern INLINE = Pattern.compile("`(\\./saccade[^`]*)`");

  private Docs() {}

  /**
   * A fenced block.
   *
   * @param language as after the fence; empty for what is to be typed
   */
  record Block(Path page, String language, String text) {
    /** Its lines, those that end in a backslash joined with the next. */
    List<String> commands() {
      return text.replaceAll("\\\\\\n\\s*", "")
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages()) {
      Matcher match = BLOCK.matcher(Files.readString(page));
      while (match.find()) {
        blocks.add(new Block(page, match.group(1), match.group(2)));
      }
    }
    return blocks;
  }

  static List<Block> blocks(String page, String language) throws IOException {
    return blocks().stream()
        .filter(block -> block.page().endsWith(page) && block.language().equals(language))
        .toList();
  }

  /** Commands between backticks within sentences. */
  static List<String> inline() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path page : pages()) {
      Matcher match = INLINE.matcher(Files.readString(page).replace("\n", " "));
      while (match.find()) {
        commands.add(match.group(1).replace("\\|", "|"));
      }
    }
    return commands;
  }
}
