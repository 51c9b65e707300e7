package io.saccade.quickstart;

import io.saccade.camera.Counts;
import io.saccade.wire.Label;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What is known of a run: its ledger, what the cameras sent, and the process's memory. */
final class Course {
  private final QuickstartOptions options;
  private final Ledger ledger;
  private long residentAtStart;
  private long residentAtEnd;
  private long frames;
  private @Nullable Counts cameras;

  Course(QuickstartOptions options, Ledger ledger) {
    this.options = options;
    this.ledger = ledger;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Looks at the process's memory; growth counts from the end of the warm-up. */
  void look() {
    residentAtEnd = Machine.residentMegabytes();
    if (residentAtStart == 0 && ledger.spending().seconds() > 0) {
      residentAtStart = residentAtEnd;
    }
  }

  /**
   * The window that is measured ends here.
   *
   * @param frames that the broker took
   */
  void camerasStopped(Counts counts, long frames) {
    ledger.endOfWindow();
    this.cameras = counts;
    this.frames = frames;
  }

  /** Frames that the broker took and that have no label yet. */
  long unaccounted() {
    return frames - ledger.labels();
  }

  QuickstartReport report(long nativeHandlesOpen) {
    Spending.Figures spending = ledger.spending();
    long jvmStart = ManagementFactory.getRuntimeMXBean().getStartTime();
    Counts counts = cameras;
    return new QuickstartReport(
        frames,
        ledger.labels(),
        unaccounted(),
        ledger.duplicates(),
        ledger.count(Label.CLASSIFIED),
        ledger.count(Label.SHED),
        ledger.deadLetters(),
        ledger.accuracy(),
        ledger.meanLooks(),
        ledger.looks(),
        spending.millisPerFrame(),
        options.budgetCores(),
        spending.usedCores(),
        new QuickstartReport.AgePercentiles(ledger.ageMillis(50), ledger.ageMillis(99)),
        ledger.firstLabelMillis() == 0 ? 0 : (ledger.firstLabelMillis() - jvmStart) / 1e3,
        spending.arrivalsPerSecond(),
        spending.seconds(),
        counts == null ? 0 : counts.dropped().values().stream().mapToLong(Long::longValue).sum(),
        Machine.peakResidentMegabytes(),
        residentAtStart == 0 ? 0 : residentAtEnd - residentAtStart,
        nativeHandlesOpen,
        options.cameras(),
        options.exactlyOnce() ? "exactly-once" : "at-least-once",
        ledger.model().orElse("none"),
        Machine.description());
  }
}
