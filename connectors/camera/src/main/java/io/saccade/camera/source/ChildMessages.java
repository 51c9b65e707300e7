package io.saccade.camera.source;

import io.saccade.camera.config.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a child complains about, without secrets. Read when there is something, never waited for, so
 * that it needs no thread. Not thread-safe.
 */
final class ChildMessages {
  private static final Logger LOG = LoggerFactory.getLogger(ChildMessages.class);
  private static final int LONGEST_LINE = 1000;

  private final String camera;
  private final InputStream in;
  private final Redactor redactor;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable Ending worst;
  private long damaged;

  ChildMessages(String camera, InputStream in, Redactor redactor) {
    this.camera = camera;
    this.in = in;
    this.redactor = redactor;
  }

  /** Takes in what is there. */
  void drain() {
    try {
      for (int ready = in.available(); ready > 0; ready = in.available()) {
        for (byte letter : in.readNBytes(ready)) {
          if (letter == '\n') {
            take();
          } else if (line.size() < LONGEST_LINE) {
            line.write(letter);
          }
        }
      }
    } catch (IOException e) {
      // Closed: nothing more will come.
    }
  }

  private void take() {
    String said = redactor.redact(line.toString(StandardCharsets.UTF_8)).strip();
    line.reset();
    if (said.isEmpty()) {
      return;
    }
    LOG.debug("{}: {}", camera, said);
    if (isDamage(said)) {
      damaged++;
    }
    Trouble trouble = Trouble.of(said);
    boolean error = said.contains("[error]") || said.contains("[fatal]");
    // The first word about a known trouble is the cause, what follows it the consequences.
    if (error && (worst == null || worst.trouble() == Trouble.BROKE_OFF)) {
      worst = new Ending(trouble, reason(said));
    }
  }

  private static boolean isDamage(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.contains("error while decoding")
        || lower.contains("concealing")
        || lower.contains("corrupt")
        || lower.contains("decode_slice_header error")
        || lower.contains("error submitting packet to decoder");
  }

  /** Without what says where in FFmpeg it was said. */
  private static String reason(String said) {
    return said.replaceAll("\\[[^\\]]*(0x[0-9a-f]+|error|fatal|warning)[^\\]]*] ?", "")
        .replaceFirst("^Error opening input(:| file)? *", "")
        .replaceFirst("^pipe:0: ", "")
        .strip();
  }

  Optional<Ending> worst() {
    return Optional.ofNullable(worst);
  }

  long damaged() {
    return damaged;
  }
}
