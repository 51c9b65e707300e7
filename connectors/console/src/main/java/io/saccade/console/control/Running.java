package io.saccade.console.control;

import io.saccade.wire.Control;
import io.saccade.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the jobs that share the topics told of themselves last.
 *
 * @param jobs by name; none when none runs
 */
public record Running(List<Job> jobs) {
  public Running {
    jobs = List.copyOf(jobs);
  }

  /**
   * What one job told.
   *
   * @param decisions of each subtask, at least one
   * @param news of each subtask; some may be missing
   * @param spent by each subtask in the seconds before; some may be missing
   */
  public record Job(
      JobName name, List<Status> decisions, List<Status> news, Map<Integer, Spent> spent) {

    /** Number of its subtasks, of which some may not have been heard. */
    public int parallelism() {
      return decisions.get(0).parallelism();
    }

    private static Optional<Job> of(JobName name, List<Status> said) {
      List<Status> decisions =
          newest(said, it -> it.kind().equals(Status.DECISION) && it.settings() != null);
      if (decisions.isEmpty()) {
        return Optional.empty();
      }
      int parallelism = decisions.get(0).parallelism();
      List<Status> ticks =
          said.stream()
              .filter(it -> it.kind().equals(Status.DECISION) && it.parallelism() == parallelism)
              .toList();
      return Optional.of(
          new Job(
              name,
              decisions,
              newest(said, it -> it.kind().equals(Status.NEWS) && it.demand() != null),
              Spent.of(ticks)));
    }

    private static List<Status> newest(List<Status> said, Predicate<Status> wanted) {
      Map<Integer, Status> newest = new TreeMap<>();
      int parallelism = 0;
      for (Status it : said) {
        if (wanted.test(it)) {
          if (it.parallelism() != parallelism) {
            // From before a rescale.
            newest.clear();
            parallelism = it.parallelism();
          }
          newest.put(it.subtask(), it);
        }
      }
      return List.copyOf(newest.values());
    }
  }

  /**
   * The jobs of which any subtask has told a decision.
   *
   * @param lately what was said of late, each subtask's in the order of time
   */
  static Running of(List<Status> lately) {
    Map<JobName, List<Status>> each = new TreeMap<>();
    lately.forEach(it -> each.computeIfAbsent(JobName.of(it), job -> new ArrayList<>()).add(it));
    List<Job> jobs = new ArrayList<>();
    each.forEach((name, said) -> Job.of(name, said).ifPresent(jobs::add));
    return new Running(jobs);
  }

  /** Whether no job runs. */
  public boolean none() {
    return jobs.isEmpty();
  }

  /** The highest control epoch that any subtask follows; 0 when none runs. */
  long epoch() {
    return jobs.stream()
        .flatMap(it -> it.decisions().stream())
        .mapToLong(Status::epoch)
        .max()
        .orElse(0);
  }

  /**
   * The epoch that settings need to be followed: above those written and those in force.
   *
   * @param newest the newest settings that were written
   */
  public long nextEpoch(Optional<Control> newest) {
    return 1 + Math.max(newest.map(Control::epoch).orElse(0L), epoch());
  }

  /** Of the job with the most subtasks, which may spend most; 0 when none runs. */
  public int mostParallelism() {
    return jobs.stream().mapToInt(Job::parallelism).max().orElse(0);
  }
}
