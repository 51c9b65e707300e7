package io.saccade.gfnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.gfnet.decode.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeExampleTest {
  private static final String SOURCE =
      "models/gfnet/src/test/java/io/saccade/gfnet/ReadmeExample.java";
  private static final Path ROOT = Path.of("../..");

  @TempDir Path folder;

  @Test
  void printsAClassAndTheLooks() throws IOException {
    Path jpeg =
        Files.write(folder.resolve("frame.jpg"), Pictures.jpeg(Pictures.scene(160, 120, 4)));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ReadmeExample.run(TinyBundle.PATH.toString(), jpeg.toString());
    } finally {
      System.setOut(console);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .matches("(amber|basalt|cobalt|dune|ember) \\[Look\\[x=0, y=0, width=160, .*\\]\\R");
  }

  @Test
  void standsInTheReadmeAsItIsCompiled() throws IOException {
    String source = Files.readString(ROOT.resolve(SOURCE));
    String example =
        between(source, "    // example-begin\n", "    // example-end").replaceAll("(?m)^ {4}", "");

    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(between(readme, "<!-- example:" + SOURCE + " -->\n", "<!-- /example -->"))
        .isEqualTo("```java\n" + example + "```\n");
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end, from);
    assertThat(text).contains(begin, end);
    return text.substring(from, to);
  }
}
