package io.saccade.camera.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status and headers of an HTTP answer.
 *
 * @param headers as they came
 */
record HttpAnswer(int status, String words, List<String> headers) {
  private static final Pattern STATUS = Pattern.compile("(?:HTTP/1\\.[01]|ICY) (\\d{3})(?: (.*))?");
  private static final int MAX_HEADERS = 100;
  private static final int MAX_LINE = 8 * 1024;

  HttpAnswer {
    headers = List.copyOf(headers);
  }

  static HttpAnswer read(InputStream in) throws IOException {
    Matcher status = STATUS.matcher(line(in));
    if (!status.matches()) {
      throw new IOException("expected an HTTP answer, but found something else");
    }
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (headers.size() == MAX_HEADERS) {
        throw new IOException("expected at most " + MAX_HEADERS + " headers, but found more");
      }
      headers.add(line);
    }
    String words = status.group(2);
    return new HttpAnswer(
        Integer.parseInt(status.group(1)), words == null ? "" : words.strip(), headers);
  }

  /** A line without its end, which is bounded like all that a server sends. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int letter = in.read(); letter != '\n'; letter = in.read()) {
      if (letter < 0) {
        throw new EOFException("ended within an HTTP answer");
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("expected short lines in an HTTP answer, but found a long one");
      }
      line.append((char) letter);
    }
    return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        .stripTrailing();
  }

  List<String> all(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(header -> header.substring(prefix.length()).strip())
        .toList();
  }

  Optional<String> header(String name) {
    return all(name).stream().findFirst();
  }
}
