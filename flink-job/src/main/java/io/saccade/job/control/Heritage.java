package io.saccade.job.control;

import io.saccade.budget.share.Demand;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a subtask goes on from, of all that was kept: the newest settings, and the memory of its
 * predecessor; after a change of parallelism of the one with the same index, or any.
 */
record Heritage(List<GovernorState> kept, Place place) {

  static Heritage of(Iterable<GovernorState> kept, Place place) {
    return new Heritage(StreamSupport.stream(kept.spliterator(), false).toList(), place);
  }

  /** The settings of the newest control record that any subtask followed; null before any. */
  @Nullable ControlReading settings() {
    return newest().map(GovernorState::settings).orElse(null);
  }

  /** The control record they stand in, to be kept on; null before any. */
  byte @Nullable [] control() {
    return newest().map(GovernorState::record).orElse(null);
  }

  /** The news of all subtasks when the state was kept. */
  List<Demand> news() {
    return kept.stream().map(GovernorState::demand).filter(Objects::nonNull).toList();
  }

  private Optional<GovernorState> newest() {
    return kept.stream()
        .filter(GovernorState::hasSettings)
        .max(Comparator.comparingLong(GovernorState::epoch));
  }

  /** The predecessor's state, if this law can go on from it with this model. */
  Optional<GovernorState> memory(Law law) {
    return kept.stream()
        .filter(state -> state.law().equals(law.name()))
        .filter(state -> state.model().equals(law.model()))
        .filter(state -> state.position() <= law.last())
        .filter(state -> law.controller().accepts(state.memory()))
        .min(
            Comparator.comparing((GovernorState state) -> state.subtask() != place.subtask())
                .thenComparing(GovernorState::subtask));
  }
}
