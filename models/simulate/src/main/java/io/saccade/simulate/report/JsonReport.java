package io.saccade.simulate.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.saccade.budget.Budget;
import io.saccade.simulate.contest.Contest;
import io.saccade.simulate.measure.Measures;
import io.saccade.simulate.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measures for machines.
 *
 * @param schema version of this layout
 * @param seed that gives the same figures again
 * @param model whose trace was used
 * @param scenarios in the order they were run
 */
record JsonReport(int schema, long seed, Model model, List<Entry> scenarios) {
  private static final int SCHEMA = 1;

  /** Whose trace was used. */
  record Model(String id, String version, String sha256, int frames) {}

  /** A scenario, with the measures of each controller by its name. */
  record Entry(
      String name,
      String about,
      String kind,
      double seconds,
      String budgetUnit,
      double budgetPerSecond,
      Map<String, Measures> controllers) {
    static Entry of(Contest contest) {
      Map<String, Measures> controllers = new LinkedHashMap<>();
      Budget budget = contest.scenario().settings().budget();
      contest.runs().forEach(run -> controllers.put(run.contender().label(), run.measures()));
      return new Entry(
          contest.scenario().name(),
          contest.scenario().about(),
          contest.scenario().kind().name().toLowerCase(java.util.Locale.ROOT),
          contest.scenario().seconds(),
          budget.unit().name().toLowerCase(java.util.Locale.ROOT),
          budget.perSecond(),
          controllers);
    }
  }

  static JsonReport of(List<Contest> contests, Trace trace, long seed) {
    return new JsonReport(
        SCHEMA,
        seed,
        new Model(trace.model(), trace.version(), trace.sha256(), trace.frames()),
        contests.stream().map(Entry::of).toList());
  }

  void write(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(file, mapper.writeValueAsString(this) + "\n");
  }
}
