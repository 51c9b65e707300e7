package io.saccade.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What holds whatever the input: no line is forged, and memory stays within a bound. */
public final class Promise {
  /**
   * Resident memory of the whole process. The largest picture that is accepted has 40 megapixels,
   * which some formats hold three times while they are decoded.
   */
  private static final long MOST_RESIDENT_BYTES = 2L << 30;

  private static final Path MEMORY = Path.of("/proc/self/statm");
  private static final int PAGE_BYTES = 4096;

  private Promise() {}

  /** A complaint is one line that prints and is not long. */
  public static void oneLine(@Nullable String said, int longest) {
    assertThat(said).isNotBlank().hasSizeLessThanOrEqualTo(longest);
    assertThat(said != null && Excerpt.prints(said)).as("prints: %s", said).isTrue();
  }

  /** Complaints in a list: each line prints. */
  public static void lines(@Nullable String said, int longest) {
    assertThat(said).isNotBlank().hasSizeLessThanOrEqualTo(longest);
    if (said != null) {
      said.lines()
          .forEach(line -> assertThat(Excerpt.prints(line)).as("prints: %s", line).isTrue());
    }
  }

  /** Memory of the process is within the bound. */
  public static void memoryIsBounded() {
    try {
      String pages = Files.readString(MEMORY).split(" ", -1)[1];
      assertThat(Long.parseLong(pages) * PAGE_BYTES)
          .as("resident bytes")
          .isLessThan(MOST_RESIDENT_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
