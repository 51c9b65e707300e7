package io.saccade.quickstart;

import io.saccade.camera.Counts;
import io.saccade.wire.Label;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run: its ledger, what the cameras sent, and the process's memory and CPU time.
 */
final class Course {
  private final QuickstartOptions options;
  private final Ledger ledger;
  private long residentAtStart;
  private long residentAtEnd;
  private boolean measuring;
  private long startNanos;
  private long cpuAtStartNanos;
  private double processCores;
  private long frames;
  private @Nullable Counts cameras;

  Course(QuickstartOptions options, Ledger ledger) {
    this.options = options;
    this.ledger = ledger;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Looks at the process's memory and CPU time, which count from the end of the warm-up. */
  void look() {
    residentAtEnd = Machine.residentMegabytes();
    long nowNanos = System.nanoTime();
    long cpuNanos = Machine.processCpuNanos();
    if (!measuring && ledger.spending().seconds() > 0) {
      measuring = true;
      residentAtStart = residentAtEnd;
      startNanos = nowNanos;
      cpuAtStartNanos = cpuNanos;
    } else if (measuring) {
      processCores = (cpuNanos - cpuAtStartNanos) / (double) (nowNanos - startNanos);
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
        // What was in force: a control record on the topic overrides the option.
        spending.seconds() > 0 ? spending.budgetCores() : options.budgetCores(),
        spending.usedCores(),
        processCores,
        new QuickstartReport.AgePercentiles(ledger.ageMillis(50), ledger.ageMillis(99)),
        ledger.firstLabelMillis() == 0 ? 0 : (ledger.firstLabelMillis() - jvmStart) / 1e3,
        spending.arrivalsPerSecond(),
        spending.seconds(),
        counts == null ? 0 : counts.dropped().values().stream().mapToLong(Long::longValue).sum(),
        Machine.peakResidentMegabytes(),
        measuring ? residentAtEnd - residentAtStart : 0,
        nativeHandlesOpen,
        options.cameras(),
        options.exactlyOnce() ? "exactly-once" : "at-least-once",
        ledger.model().orElse("none"),
        Machine.description());
  }
}
