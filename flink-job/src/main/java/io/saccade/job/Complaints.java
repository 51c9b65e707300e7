package io.saccade.job;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong, all of it: each says what was expected and what was found. */
final class Complaints {
  private final List<String> all = new ArrayList<>();

  Complaints that(boolean holds, String expected, @Nullable Object found) {
    if (!holds) {
      all.add(expected + ", but was " + (found instanceof String text ? "'" + text + "'" : found));
    }
    return this;
  }

  Complaints within(String what, long least, long most, long found) {
    boolean holds = found >= least && found <= most;
    return that(holds, what + " must be within [" + least + ", " + most + "]", found);
  }

  List<String> all() {
    return all;
  }
}
