package io.saccade.console.scene;

import io.saccade.wire.Status;
import java.util.List;
import java.util.Optional;

/**
 * How right the answers are at present, as far as that can be known without labels.
 *
 * @param answers what the job tells of its answers; empty when it tells nothing, and the model's
 *     calibration is all there is to go by
 * @param accuracy share of right answers, with its interval of 95 %
 */
public record Trust(Optional<Answers> answers, Share accuracy) {
  private static final double DEVIATIONS = 1.96;

  /** A share with the interval of 95 % in which it lies. */
  public record Share(double share, double low, double high) {

    /** The same uncertainty about a share that differs by so much. */
    Share moved(double by) {
      return new Share(within(share + by), within(low + by), within(high + by));
    }

    private static double within(double share) {
      return Math.max(0, Math.min(1, share));
    }
  }

  /**
   * What the subtasks tell together.
   *
   * @param audits frames of late that got every look whatever they showed
   * @param agreement share of those whose answer would have been the final one
   */
  public record Answers(double audits, Share agreement) {}

  /**
   * What is to be believed.
   *
   * @param news the newest of each subtask
   * @param position where the job works on the frontier
   */
  public static Trust of(List<Status> news, Frontier frontier, double position) {
    Mean accuracy = new Mean();
    Mean agreement = new Mean();
    double audits = 0;
    for (Status it : news) {
      Status.Accuracy told = it.accuracy();
      Status.Demand demand = it.demand();
      if (told != null && demand != null) {
        double frames = Math.max(1e-3, demand.framesPerSecond());
        accuracy.add(frames, told.accuracy(), told.accuracyLow(), told.accuracyHigh());
        agreement.add(frames, told.agreement(), told.agreementLow(), told.agreementHigh());
        audits += told.audits();
      }
    }
    return audits == 0
        ? new Trust(Optional.empty(), calibrated(frontier, position))
        : new Trust(Optional.of(new Answers(audits, agreement.share())), accuracy.share());
  }

  /** By the frontier alone: a clip is nearly always all right or all wrong, so clips count. */
  private static Share calibrated(Frontier frontier, double position) {
    double share = frontier.at(position).accuracy();
    // Wilson's interval.
    double square = DEVIATIONS * DEVIATIONS;
    double clips = frontier.clips();
    double middle = (share + square / (2 * clips)) / (1 + square / clips);
    double half =
        DEVIATIONS
            / (1 + square / clips)
            * Math.sqrt(share * (1 - share) / clips + square / (4 * clips * clips));
    return new Share(share, Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /** The accuracy elsewhere on the frontier: as far from this one as it was at calibration. */
  public Share at(Frontier.Point there, Frontier.Point here) {
    return accuracy.moved(there.accuracy() - here.accuracy());
  }

  /**
   * Weighted by frames. The subtasks' errors have the calibration in common, so that their ends are
   * averaged too, and not drawn together.
   */
  private static final class Mean {
    private double weight;
    private double share;
    private double low;
    private double high;

    void add(double frames, double itsShare, double itsLow, double itsHigh) {
      weight += frames;
      share += frames * itsShare;
      low += frames * itsLow;
      high += frames * itsHigh;
    }

    Share share() {
      return new Share(share / weight, low / weight, high / weight);
    }
  }
}
