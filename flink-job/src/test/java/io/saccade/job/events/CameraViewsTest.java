package io.saccade.job.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraViewsTest {
  private static double[] share(String camera) {
    return new double[] {camera.length()};
  }

  private final Eventful world = new Eventful();

  @Test
  void aCameraWithoutFramesFallsSilentOnce() {
    world.shows("gate", 0, 0.9f);
    world.pass(2_999);
    assertThat(world.events).isEmpty();
    world.pass(1);
    world.pass(10_000);

    assertThat(world.events).hasSize(1);
    Event silent = world.events.get(0);
    assertThat(silent.kind()).isEqualTo(Event.SILENT);
    assertThat(silent.to()).isNull();
    assertThat(silent.sinceMillis()).isEqualTo(Eventful.START_MILLIS);
    assertThat(silent.atMillis()).isEqualTo(Eventful.START_MILLIS + 3_000);
  }

  @Test
  void oneCameraFallsSilentWhileAnotherGoesOn() {
    world.shows("gate", 0, 0.9f);
    for (int second = 0; second < 5; second++) {
      world.shows("yard", 1, 0.9f);
      world.pass(1_000);
    }
    assertThat(world.events)
        .filteredOn(event -> event.kind().equals(Event.SILENT))
        .singleElement()
        .extracting(Event::camera)
        .isEqualTo("gate");
  }

  @Test
  void aBacklogMakesNoCameraSilent() {
    // Captured 100 ms apart, but the job reads a frame only every 4 s.
    for (int frame = 0; frame < 5; frame++) {
      world.shows("gate", 0, Eventful.START_MILLIS + frame * 100L, 0, 0.9f);
      world.shows("yard", 0, Eventful.START_MILLIS + frame * 100L, 0, 0.9f);
      world.nowMillis += 4_000;
      world.shows("door", 0, Eventful.START_MILLIS + frame * 100L, 0, 0.9f);
      world.pass(0);
    }
    assertThat(world.kinds()).doesNotContain(Event.SILENT);
  }

  @Test
  void aCameraWithAWrongClockFallsSilentLikeAnyOther() {
    for (long captured : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      Eventful other = new Eventful();
      other.shows("gate", 0, captured, 0, 0.9f);
      other.pass(1_000);
      other.shows("gate", 0, captured, 0, 0.9f);
      assertThat(other.events).isEmpty();
      other.pass(3_000);
      assertThat(other.kinds()).containsExactly(Event.SILENT);
    }
  }

  @Test
  void whatItShowedIsNoNewsWhenACameraComesBack() {
    showLong(world, 2);
    world.pass(5_000);
    showLong(world, 2);
    assertThat(world.kinds()).containsExactly(Event.CHANGED, Event.SILENT, Event.BACK);
  }

  @Test
  void beyondTheMostCamerasTheOneSilentLongestIsForgotten() {
    Eventful small = new Eventful(3);
    for (String camera : List.of("a", "b", "c", "a", "d")) {
      small.shows(camera, 0, 0.9f);
    }
    assertThat(small.cameras.kept(0, 1, CameraViewsTest::share))
        .extracting(CameraState::camera)
        .containsExactly("c", "a", "d");
  }

  @Test
  void aCameraSilentForLongIsForgotten() {
    world.shows("gate", 0, 0.9f);
    world.pass(CameraViews.FORGET_AFTER_MILLIS - 1);
    assertThat(world.cameras.size()).isEqualTo(1);
    world.pass(1);
    assertThat(world.cameras.size()).isZero();
    assertThat(world.kinds()).containsExactly(Event.SILENT);
  }

  @Test
  void aRestartWhileACameraIsSilentDoesNotSaySoTwice() {
    showLong(world, 1);
    world.pass(5_000);
    assertThat(world.kinds()).endsWith(Event.SILENT);
    CameraViews restored = new CameraViews(Eventful.terms("a1"));
    restored.restore(
        world.cameras.kept(0, 1, CameraViewsTest::share),
        0,
        1,
        world.nowMillis,
        (camera, share) -> {});
    List<Event> events = new ArrayList<>();
    restored.listen(world.nowMillis + 10_000, events::add);
    assertThat(events).isEmpty();
  }

  @Test
  void timeWithoutTheJobIsNotTheCamerasSilence() {
    showLong(world, 1);
    List<CameraState> kept = world.cameras.kept(0, 1, CameraViewsTest::share);
    CameraViews restored = new CameraViews(Eventful.terms("a1"));
    long back = world.nowMillis + 60_000;
    restored.restore(kept, 0, 1, back, (camera, share) -> {});
    List<Event> events = new ArrayList<>();
    restored.listen(back + 2_000, events::add);
    assertThat(events).isEmpty();
    restored.listen(back + 3_500, events::add);
    assertThat(events).extracting(Event::kind).containsExactly(Event.SILENT);
  }

  @Test
  void anotherModelSmoothsAnewButKnowsWhatWasShown() {
    showLong(world, 1);
    CameraViews restored = new CameraViews(Eventful.terms("b2"));
    restored.restore(
        world.cameras.kept(0, 1, CameraViewsTest::share),
        0,
        1,
        world.nowMillis,
        (camera, share) -> {});
    CameraState state = restored.kept(0, 1, CameraViewsTest::share).get(0);
    assertThat(state.weight()).isZero();
    assertThat(state.shows()).isEqualTo("basalt");
  }

  private static void showLong(Eventful world, int kind) {
    for (int frame = 0; frame < 20; frame++) {
      world.shows("gate", kind, 0.9f);
      world.pass(50);
    }
  }
}
