package io.saccade.fuzz;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** One target, run until a time is over or something is found: the exit code says which. */
final class FuzzRun {
  private FuzzRun() {}

  /** Class and seconds. An input that takes too long ends the process from outside, with 70. */
  public static void main(String[] arguments) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(arguments[0]))
            .configurationParameter("jazzer.max_duration", arguments[1] + "s")
            .configurationParameter("jazzer.valueprofile", "true")
            // A target's @Timeout is for one input: the fuzzer looks after it, JUnit would take all
            // of them together.
            .configurationParameter("junit.jupiter.execution.timeout.mode", "disabled")
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    summary.printFailuresTo(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    boolean ran = summary.getTestsSucceededCount() > 0;
    System.exit(ran && summary.getTotalFailureCount() == 0 ? 0 : 1);
  }
}
