package io.saccade.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.cluster.chaos.Plan.Strike;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PlanTest {
  private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

  @Property(tries = 100)
  void isTheSameForTheSameSeed(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int faults) {
    assertThat(Plan.of(seed, faults, ALL)).isEqualTo(Plan.of(seed, faults, ALL));
  }

  @Property(tries = 100)
  void hasEquallyManyOfEachKind(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int faults) {
    List<Strike> strikes = Plan.of(seed, faults, ALL).strikes();

    assertThat(strikes).hasSize(faults);
    for (FaultKind kind : FaultKind.values()) {
      assertThat(strikes.stream().filter(it -> it.kind() == kind).count())
          .isBetween((long) faults / 4, (long) (faults + 3) / 4);
    }
  }

  @Property(tries = 100)
  void hitsSomebodyWhoIsThere(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int several) {
    List<Integer> victims = IntStream.range(0, several).boxed().toList();

    assertThat(Plan.of(seed, 20, ALL).strikes())
        .allSatisfy(strike -> assertThat(victims).contains(strike.choose(victims)));
  }
}
