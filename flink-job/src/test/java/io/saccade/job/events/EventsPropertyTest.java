package io.saccade.job.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Event;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EventsPropertyTest {

  /** However sure it is, however seldom frames come, and whatever came before. */
  @Property(tries = 500, seed = "1")
  void aSingleWrongFrameNeverMakesAnEvent(
      @ForAll @IntRange(min = 1, max = 20) int before,
      @ForAll @IntRange(max = 20) int after,
      @ForAll @IntRange(min = 1, max = 2_900) int apartMillis,
      @ForAll @FloatRange(min = 0.34f, max = 1) float right,
      @ForAll @FloatRange(min = 0.34f, max = 1) float wrong) {
    Eventful world = new Eventful();
    play(world, before, 0, right, apartMillis);
    play(world, 1, 1, wrong, apartMillis);
    play(world, after, 0, right, apartMillis);

    assertThat(world.events).extracting(Event::to).doesNotContain("basalt");
    assertThat(world.events.size()).isLessThanOrEqualTo(1);
  }

  /** Wrong frames that are alone among right ones, each of them as sure as can be. */
  @Property(tries = 300, seed = "2")
  void wrongFramesThatAreAloneNeverMakeAnEvent(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 2) Integer> wrong,
      @ForAll @IntRange(min = 1, max = 500) int apartMillis) {
    Eventful world = new Eventful();
    play(world, 10, 0, 0.9f, apartMillis);
    for (int kind : wrong) {
      play(world, 1, kind, 1, apartMillis);
      play(world, 1, 0, 0.9f, apartMillis);
    }
    assertThat(world.events).hasSizeLessThanOrEqualTo(1);
  }

  @Property(tries = 300, seed = "3")
  void whatStaysIsSaidOnceAndSoon(
      @ForAll @IntRange(min = 5, max = 200) int apartMillis,
      @ForAll @FloatRange(min = 0.75f, max = 1) float sure) {
    Eventful world = new Eventful();
    play(world, 100, 0, 0.9f, apartMillis);
    long from = world.nowMillis;
    play(world, 100 + 3_000 / apartMillis, 1, sure, apartMillis);

    assertThat(world.events).extracting(Event::to).containsExactly("amber", "basalt");
    Event change = world.events.get(1);
    assertThat(change.from()).isEqualTo("amber");
    assertThat(change.sinceMillis()).isEqualTo(from);
    assertThat(change.framesAgreeing()).isGreaterThanOrEqualTo(Conviction.LEAST_FRAMES);
    assertThat(change.atMillis() - from).isLessThan(1_500);
    assertThat(change.confidence()).isBetween(0.5, 1.0);
  }

  private static void play(Eventful world, int frames, int best, float sure, int apartMillis) {
    for (int frame = 0; frame < frames; frame++) {
      world.shows("gate", best, sure);
      world.pass(apartMillis);
    }
  }
}
