package io.saccade.bench.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.saccade.quickstart.Machine;
import io.saccade.quickstart.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the page costs the console's process, and how it does in a browser: in each round nobody
 * looks, then a real Chromium does, then a slow browser besides. The job, the broker and the
 * cameras run in this process, the console in one of its own.
 */
public final class ConsoleBench {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Classes are being compiled at first, and the job learns what looks cost. */
  private static final int LONGEST_WARM_UP_SECONDS = 10;

  /** After a page has gone or come. */
  private static final int SETTLE_SECONDS = 2;

  private final ConsoleBenchOptions options;
  private final PrintStream out;
  private final ConsoleProgram console;
  private final Browser browser;
  private final String address;

  private ConsoleBench(
      ConsoleBenchOptions options, PrintStream out, ConsoleProgram console, Browser browser)
      throws InterruptedException {
    this.options = options;
    this.out = out;
    this.console = console;
    this.browser = browser;
    this.address = console.address();
  }

  /** Measures, telling how far it is. */
  public static ConsoleReport run(ConsoleBenchOptions options, PrintStream out)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(Browser.CHROMIUM)) {
      throw new IllegalArgumentException(
          "a browser must be there, but there is no %s: apt-get install chromium"
              .formatted(Browser.CHROMIUM));
    }
    double loadBefore = load();
    try (Scratch scratch = Scratch.make();
        RunningQuickstart quickstart =
            RunningQuickstart.start(options.home(), options.cameras(), false);
        ConsoleProgram console =
            ConsoleProgram.start(
                scratch.folder("console"),
                quickstart.brokers(),
                options.home().resolve("models/bundles/runway"));
        Browser browser = Browser.open("about:blank", 1280, 1400)) {
      ConsoleBench bench = new ConsoleBench(options, out, console, browser);
      List<ConsoleReport.Round> rounds = bench.measure();
      ConsoleReport report =
          ConsoleReport.of(
              options.cameras(),
              rounds,
              3.0 * options.rounds() * options.seconds(),
              Machine.description(),
              loadBefore,
              load(),
              Map.of(
                  "browser",
                  browser.command("Browser.getVersion", Map.of()).path("product").asText(),
                  "java",
                  System.getProperty("java.version")));
      bench.photograph();
      return report;
    }
  }

  private List<ConsoleReport.Round> measure() throws IOException, InterruptedException {
    openPage();
    TimeUnit.SECONDS.sleep(Math.min(LONGEST_WARM_UP_SECONDS, 2 * options.seconds()));
    List<ConsoleReport.Round> rounds = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      ConsoleReport.Round round = round();
      out.printf(
          Locale.ROOT,
          "round %d: %.3f cores without a page, %.3f with one, %.3f with a slow one besides%n",
          i + 1,
          round.noPageCores(),
          round.onePageCores(),
          round.withSlowPageCores());
      rounds.add(round);
    }
    return rounds;
  }

  private ConsoleReport.Round round() throws IOException, InterruptedException {
    browser.go("about:blank");
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    double nobody = cores();

    openPage();
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    JsonNode loaded =
        browser.value(
            "[performance.getEntriesByName('ready')[0].startTime,"
                + " performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
                + ".filter(e => !e.name.includes('/api/')).reduce((n, e) => n + e.encodedBodySize, 0)]");
    browser.value(
        "(() => { const t = window.frameTimes = []; let last = performance.now();"
            + " requestAnimationFrame(function f(now) { t.push(now - last); last = now;"
            + " requestAnimationFrame(f); }); })()");
    double before = drawn();
    double one = cores();
    double pictures = (drawn() - before) / options.seconds();
    JsonNode times =
        browser.value(
            "(() => { const t = window.frameTimes.slice().sort((a, b) => a - b);"
                + " return [t[Math.floor(t.length / 2)], t[Math.floor(0.99 * t.length)]]; })()");

    double both;
    double slowBytes;
    try (SlowPage slow = SlowPage.open(URI.create(address))) {
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      long taken = slow.taken();
      both = cores();
      slowBytes = slow.taken() - taken;
    }
    return new ConsoleReport.Round(
        nobody,
        one,
        both,
        slowBytes / 1e3 / options.seconds(),
        pictures,
        loaded.get(1).asDouble() / 1e3,
        loaded.get(0).asDouble(),
        times.get(0).asDouble(),
        times.get(1).asDouble());
  }

  /** Opens the page anew and waits until every camera has a picture. */
  private void openPage() throws InterruptedException {
    browser.go(address);
    browser.await(
        "document.querySelectorAll('.tile[data-pictures]').length >= " + options.cameras(), SOON);
  }

  private double drawn() {
    return browser
        .value(
            "[...document.querySelectorAll('.tile')].reduce((n, t) => n + Number(t.dataset.pictures || 0), 0)")
        .asDouble();
  }

  /** CPU seconds of the console's process per second, over the seconds to be counted. */
  private double cores() throws InterruptedException {
    double before = console.cpuSeconds();
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(options.seconds());
    return (console.cpuSeconds() - before) / ((System.nanoTime() - start) / 1e9);
  }

  /** Takes the pictures of the documentation. */
  private void photograph() throws IOException, InterruptedException {
    if (options.images() == null) {
      return;
    }
    Files.createDirectories(options.images());
    for (String scheme : List.of("light", "dark")) {
      browser.prefers(scheme);
      browser.await(
          "document.querySelectorAll('.tile[data-state=live]').length > 0.9 * " + options.cameras(),
          SOON);
      Files.write(options.images().resolve("console-" + scheme + ".jpg"), browser.picture());
    }
    out.println("pictures of the page: " + options.images());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
