package io.saccade.gfnet.decode;

import java.util.Locale;

/** A picture that cannot be read, with what was expected and what was found. */
public final class UnreadablePicture extends Exception {

  /** Why, for machines. */
  public enum Reason {
    EMPTY,
    TOO_LARGE,
    NOT_AN_IMAGE,
    CORRUPT;

    /** As it travels: {@code too-large}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Reason reason;
  private final String detail;

  UnreadablePicture(Reason reason, String detail) {
    // Without a stack trace: a bad frame is an everyday value, and a flood of them must stay cheap.
    super(detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  static UnreadablePicture corrupt(String detail) {
    return new UnreadablePicture(Reason.CORRUPT, detail);
  }

  public Reason reason() {
    return reason;
  }

  public String detail() {
    return detail;
  }
}
