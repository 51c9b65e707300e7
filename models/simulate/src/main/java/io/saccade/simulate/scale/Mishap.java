package io.saccade.simulate.scale;

/** What happens to a part of the subtasks in mid-run. */
public enum Mishap {
  JUMP("three times the frames at once"),
  VANISH("gone for good"),
  MUTE("not heard for 10 s, but at work"),
  DEAF("hear nothing for 10 s"),
  CUT("nobody hears anything for 10 s");

  private final String words;

  Mishap(String words) {
    this.words = words;
  }

  /** What happens, in words. */
  public String words() {
    return words;
  }

  /** Whether it is over after a while. */
  boolean passes() {
    return this == MUTE || this == DEAF || this == CUT;
  }
}
