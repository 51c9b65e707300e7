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
 * What a child complains about, without secrets. Read by a thread of its own: a child that
 * complains a lot before its first picture would wait for a reader for ever.
 */
final class ChildMessages {
  private static final Logger LOG = LoggerFactory.getLogger(ChildMessages.class);

  /** FFmpeg ends a message here, wherever that is. */
  private static final int LONGEST_LINE = 1000;

  private static final long END_MILLIS = 1000;

  private final String camera;
  private final InputStream in;
  private final Redactor redactor;
  private final Thread reader;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable Ending worst;
  private long damaged;

  ChildMessages(String camera, InputStream in, Redactor redactor) {
    this.camera = camera;
    this.in = in;
    this.redactor = redactor;
    this.reader = new Thread(this::read, "messages of " + camera);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    byte[] some = new byte[4096];
    try {
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        for (int i = 0; i < count; i++) {
          if (some[i] == '\n') {
            take();
          } else if (line.size() < LONGEST_LINE) {
            line.write(some[i]);
          }
        }
      }
    } catch (IOException e) {
      // Closed: nothing more will come.
    }
  }

  /** Waits for the last word of a child that has ended. */
  void drain() {
    try {
      reader.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void take() {
    String whole = line.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    if (line.size() >= LONGEST_LINE) {
      // What is cut may be the beginning of a secret, which nobody would know again.
      whole = whole.replaceFirst("\\S*$", "...");
    }
    String said = redactor.redact(whole).strip();
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

  synchronized Optional<Ending> worst() {
    return Optional.ofNullable(worst);
  }

  synchronized long damaged() {
    return damaged;
  }
}
