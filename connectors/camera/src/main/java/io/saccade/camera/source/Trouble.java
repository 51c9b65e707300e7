package io.saccade.camera.source;

import java.util.Locale;
import java.util.stream.Stream;

/** What can be wrong with a camera, as far as the messages of FFmpeg tell. */
public enum Trouble {
  /** Nothing: a file has come to its end. */
  NONE("came to its end"),
  /** The camera does not let us in. */
  CREDENTIALS(
      "user name or password refused",
      "401 unauthorized",
      "403 forbidden",
      "authorization failed",
      "401 (unauthorized)"),
  REFUSED("connection refused", "connection refused"),
  TIMED_OUT(
      "no answer in time",
      "connection timed out",
      "operation timed out",
      "timed out",
      "no route to host",
      "network is unreachable",
      "host is unreachable"),
  NOT_FOUND(
      "not found",
      "404 not found",
      "404 stream not found",
      "no such file",
      "no such device",
      "name or service not known",
      "failed to resolve",
      "temporary failure in name resolution"),
  NOT_A_VIDEO(
      "not a video that can be read",
      "invalid data found when processing input",
      "does not contain any stream",
      "matches no streams",
      "unknown codec",
      "decoder not found",
      "codec not supported",
      "could not find codec parameters"),
  /** The connection ended, or the child did. */
  BROKE_OFF("broke off");

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // written nowhere
  private final String[] signs;

  Trouble(String words, String... signs) {
    this.words = words;
    this.signs = signs;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** What a line of FFmpeg's messages points to; {@link #BROKE_OFF} where it does not say. */
  static Trouble of(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    for (Trouble trouble : values()) {
      if (Stream.of(trouble.signs).anyMatch(lower::contains)) {
        return trouble;
      }
    }
    return BROKE_OFF;
  }
}
