package io.saccade.camera.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.camera.source.Picture;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class LumpTest {
  private static final long STEP = 100;

  private static Picture picture(long streamMillis) {
    return new Picture(streamMillis, "image/jpeg", new byte[0]);
  }

  private static long captured(Lump lump, int index) {
    StreamClock clock = lump.clock();
    long captured = 0;
    for (int i = 0; i <= index; i++) {
      Lump.Held held = lump.held().get(i);
      captured = clock.at(held.picture().streamMillis(), held.arrivalMillis()).millis();
    }
    return captured;
  }

  /** Pictures that were taken a tenth of a second apart and come all at once, then one on time. */
  private static Lump gathered(int count, long stream, long delay) {
    Lump lump = new Lump();
    long arrival = (count - 1) * STEP + delay;
    for (int i = 0; i < count; i++) {
      assertThat(lump.isOver()).isFalse();
      lump.add(picture(stream + i * STEP), arrival + i);
    }
    assertThat(lump.isOver()).isFalse();
    lump.add(picture(stream + count * STEP), count * STEP + delay);
    return lump;
  }

  @Property
  void picturesThatHadGatheredGetTheTimesAtWhichTheyWereTaken(
      @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll @LongRange(min = 0, max = 1_000_000) long stream,
      @ForAll @LongRange(min = 0, max = 500) long delay) {
    Lump lump = gathered(count, stream, delay);

    assertThat(lump.isOver()).isTrue();
    assertThat(lump.held()).hasSize(count + 1);
    // All as late as the one that came on time, but for the milliseconds of the burst itself.
    assertThat(captured(lump, 0)).isBetween(delay, delay + count);
    assertThat(captured(lump, count - 1) - captured(lump, 0))
        .isBetween((count - 1) * STEP - count, (count - 1) * STEP);
  }

  @Example
  void aCameraWithoutALumpWaitsForOnePicture() {
    Lump lump = new Lump();
    lump.add(picture(0), 5_000);
    assertThat(lump.isOver()).isFalse();
    lump.add(picture(STEP), 5_000 + STEP - Lump.SHRINKS_MILLIS + 1);
    assertThat(lump.isOver()).isTrue();
  }

  @Example
  void delaysThatShrinkAreALump() {
    Lump lump = new Lump();
    lump.add(picture(0), 5_000);
    lump.add(picture(STEP), 5_000 + STEP - Lump.SHRINKS_MILLIS);
    assertThat(lump.isOver()).isFalse();
  }

  @Example
  void aPictureWithoutATimeOfItsOwnGoesOnAtOnce() {
    Lump lump = new Lump();
    lump.add(picture(Picture.NO_STREAM_TIME), 5_000);

    assertThat(lump.isOver()).isTrue();
    assertThat(lump.held()).hasSize(1);
    assertThat(lump.clock().at(7, 9).millis()).isEqualTo(9);
  }

  @Example
  void timesThatGoBackEndIt() {
    Lump lump = new Lump();
    lump.add(picture(1_000), 5_000);
    lump.add(picture(1_000), 5_001);
    assertThat(lump.isOver()).isTrue();
  }

  @Example
  void aJumpAheadEndsItAndDoesNotCount() {
    Lump lump = new Lump();
    lump.add(picture(0), 5_000);
    lump.add(picture(60_000), 5_001);

    assertThat(lump.isOver()).isTrue();
    assertThat(captured(lump, 0)).isEqualTo(5_000);
  }

  @Example
  void itIsBoundedInTimeAndNumber() {
    Lump slow = new Lump();
    slow.add(picture(0), 5_000);
    slow.add(picture(2_000), 5_000 + Lump.MOST_MILLIS + 1);
    assertThat(slow.isOver()).isTrue();

    Lump many = new Lump();
    for (int i = 0; i < Lump.MOST_PICTURES; i++) {
      assertThat(many.isOver()).isFalse();
      many.add(picture(i * 30L), 5_000 + i);
    }
    assertThat(many.isOver()).isTrue();
    assertThat(many.held()).hasSize(Lump.MOST_PICTURES);
  }
}
