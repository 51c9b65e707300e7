package io.saccade.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser, before the whole system with forty cameras. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsolePageTest {
  private static final Path HOME = Path.of("../..");
  private static final int CAMERAS = 40;
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
  private static final Map<Collected.Place, Label> LABELS = new ConcurrentHashMap<>();
  private static final ConcurrentLinkedQueue<Label> ALL = new ConcurrentLinkedQueue<>();
  private static @Nullable Thread quickstart;
  private static @Nullable Browser page;
  private static @Nullable Tail tail;
  private static String brokers = "";

  @BeforeAll
  static void start() throws Exception {
    boolean there = Files.isExecutable(Browser.CHROMIUM);
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(Browser.CHROMIUM + " must be there in CI, but is not");
    }
    Assumptions.assumeTrue(there, "skipped: the page is tested with " + Browser.CHROMIUM);
    QuickstartOptions options =
        new QuickstartOptions(
            HOME,
            0,
            CAMERAS,
            2,
            0.8,
            200,
            800,
            HOME.resolve("models/bundles/runway"),
            false,
            null,
            0,
            0,
            null,
            0,
            true,
            true,
            0);
    Thread running =
        new Thread(
            () -> {
              try {
                Quickstart.run(options, new PrintStream(OUT, true, UTF_8));
              } catch (Exception e) {
                OUT.writeBytes(("failed: " + e).getBytes(UTF_8));
              }
            },
            "quickstart");
    running.setDaemon(true);
    running.start();
    quickstart = running;
    String address = told("console at (\\S+)");
    brokers = told("broker at ([^,\\s]+)");
    tail =
        Tail.from(
            brokers,
            List.of(Topics.DEFAULT.labels()),
            record -> {
              Label label = JsonCodec.LABEL.decode(record.value());
              LABELS.put(new Collected.Place(label.partition(), label.offset()), label);
              ALL.add(label);
            });
    page = Browser.open(address, 1280, 1400);
  }

  private static String told(String pattern) throws Exception {
    Pattern wanted = Pattern.compile(pattern);
    Waiting.until(
        () -> pattern + " is told, but only: " + OUT.toString(UTF_8),
        Duration.ofSeconds(90),
        () -> wanted.matcher(OUT.toString(UTF_8)).find());
    Matcher found = wanted.matcher(OUT.toString(UTF_8));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (page != null) {
      page.close();
    }
    if (tail != null) {
      tail.close();
    }
    if (quickstart != null) {
      quickstart.interrupt();
      quickstart.join(20_000);
    }
  }

  private static Browser page() {
    return Objects.requireNonNull(page);
  }

  private static String tile(int number) {
    return "document.querySelectorAll('.tile')[" + number + "]";
  }

  @Test
  @Order(1)
  void showsEveryCameraWithPicturesThatMove() throws Exception {
    page().await("document.querySelectorAll('.tile').length >= " + CAMERAS, SOON);
    page().await("Number(" + tile(0) + ".dataset.pictures) >= 3", SOON);
    String pixels =
        tile(0) + ".querySelector('canvas').getContext('2d').getImageData(0,0,300,300).data.join()";
    page().value("window.before = " + pixels + "; null");
    page().await("window.before !== " + pixels, SOON);
  }

  @Test
  @Order(2)
  void drawsTheLooksWhereTheLabelOfThatVeryFrameHasThem() {
    // Place and rectangles in one breath: the next picture comes soon.
    JsonNode drawn =
        page()
            .value(
                "(() => { const t = [...document.querySelectorAll('.tile[data-offset]')]"
                    + ".sort((a, b) => b.querySelectorAll('rect').length - a.querySelectorAll('rect').length)[0];"
                    + " return {partition: t.dataset.partition, offset: t.dataset.offset, camera: t.dataset.camera,"
                    + " words: t.querySelector('svg').textContent,"
                    + " boxes: [...t.querySelectorAll('rect')].map(r => ['x','y','width','height'].map(k => Number(r.getAttribute(k))))}; })()");
    Label label =
        Objects.requireNonNull(
            LABELS.get(
                new Collected.Place(
                    drawn.path("partition").asInt(), drawn.path("offset").asLong())),
            "a label for what is shown: " + drawn);

    assertThat(label.camera()).isEqualTo(drawn.path("camera").asText());
    assertThat(drawn.path("boxes")).hasSameSizeAs(label.looks()).isNotEmpty();
    for (int i = 0; i < label.looks().size(); i++) {
      Label.Look look = label.looks().get(i);
      JsonNode box = drawn.path("boxes").get(i);
      assertThat(
              List.of(
                  box.get(0).asInt(), box.get(1).asInt(), box.get(2).asInt(), box.get(3).asInt()))
          .containsExactly(look.x(), look.y(), look.width(), look.height());
      assertThat(drawn.path("words").asText())
          .contains((i + 1) + ": " + Math.round(100 * look.confidence()) + " %");
    }
  }

  @Test
  @Order(3)
  void staysSmoothWithFortyCameras() {
    JsonNode times =
        page()
            .value(
                "new Promise(done => { const t = []; let last = performance.now(); requestAnimationFrame(function f(now) {"
                    + " t.push(now - last); last = now; if (t.length < 150) requestAnimationFrame(f);"
                    + " else { t.sort((a, b) => a - b); done([t[75], t[142], t[149]]); } }); })");
    System.out.printf(
        "frame times with %d cameras: median %.1f ms, 95th percentile %.1f ms, longest %.1f ms%n",
        CAMERAS, times.get(0).asDouble(), times.get(1).asDouble(), times.get(2).asDouble());

    assertThat(times.get(0).asDouble()).isLessThan(50);
  }

  @Test
  @Order(5)
  void turnsTheBudgetAndTheJobFollows() throws Exception {
    Waiting.until(
        "more than the glance can be afforded",
        SOON,
        () -> meanLooks(System.currentTimeMillis() - 3_000) > 1.1);
    double before = meanLooks(System.currentTimeMillis() - 3_000);
    page()
        .value(
            "(() => { const c = document.getElementById('cores'); c.value = 0.1;"
                + " c.dispatchEvent(new Event('input')); document.getElementById('apply').click(); })()");
    page()
        .await("document.getElementById('answer').textContent.startsWith('in force: epoch')", SOON);
    long acceptedMillis = System.currentTimeMillis();

    Waiting.until(
        () -> "mean looks below " + before + ", but were " + meanLooks(acceptedMillis),
        Duration.ofSeconds(2),
        () -> meanLooks(acceptedMillis) < before - 0.05);
    System.out.printf(
        "mean looks %.2f before, %.2f within %d ms of the acceptance%n",
        before, meanLooks(acceptedMillis), System.currentTimeMillis() - acceptedMillis);
  }

  @Test
  @Order(4)
  void isReadableInLightAndDarkAndByAScreenReader() throws Exception {
    try (InputStream axe = ConsolePageTest.class.getResourceAsStream("/axe.min.js")) {
      page().value(new String(Objects.requireNonNull(axe).readAllBytes(), UTF_8) + "; null");
    }
    for (String scheme : List.of("light", "dark")) {
      page()
          .command(
              "Emulation.setEmulatedMedia",
              Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
      assertThat(
              page()
                      .value("getComputedStyle(document.body).backgroundColor.match(/\\d+/g)[0]")
                      .asInt()
                  > 128)
          .as("a light ground in " + scheme)
          .isEqualTo(scheme.equals("light"));
      keep("console-" + scheme + ".jpg");
      assertThat(seriousViolations()).as(scheme).isEmpty();
    }
  }

  private static JsonNode seriousViolations() {
    return page()
        .value(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | ')))");
  }

  /** Writes what the page looks like to the folder that {@code -Dsaccade.images} names. */
  private static void keep(String name) throws Exception {
    String folder = System.getProperty("saccade.images");
    if (folder != null) {
      page()
          .await(
              "document.querySelectorAll('.tile[data-state=live]').length > 0.9 * " + CAMERAS,
              SOON);
      Files.write(HOME.resolve(folder).resolve(name), page().picture());
    }
  }

  private static double meanLooks(long sinceMillis) {
    return ALL.stream()
        .filter(it -> it.outcome().equals(Label.CLASSIFIED) && it.capturedMillis() >= sinceMillis)
        .mapToInt(it -> it.looks().size())
        .average()
        .orElse(Double.NaN);
  }

  @Test
  @Order(6)
  void refusesWhatTheJobCannotUse() throws Exception {
    JsonNode refused =
        page()
            .value(
                "fetch('/api/budget', {method: 'POST', headers: {'Content-Type': 'application/json'},"
                    + " body: '{\"cores\": 64}'}).then(async r => [r.status, (await r.json()).error])");

    assertThat(refused.get(0).asInt()).isEqualTo(400);
    assertThat(refused.get(1).asText()).contains("at most 0.95 cores").contains("but was 64.0");
  }

  @Test
  @Order(7)
  void showsACameraThatStopsAsUnavailableAndItsNameAsText() throws Exception {
    String name = "<img src=x onerror=\"document.title='owned'\">";
    byte[] picture = Pictures.jpeg(3);
    ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      Future<?> playing =
          camera.scheduleAtFixedRate(
              () -> {
                var unused =
                    producer.send(
                        new ProducerRecord<>(
                            Topics.DEFAULT.frames(), name.getBytes(UTF_8), picture));
              },
              0,
              200,
              TimeUnit.MILLISECONDS);
      String mine =
          "[...document.querySelectorAll('.tile')].find(t => t.dataset.camera.startsWith('<img'))";
      page().await(mine + "?.dataset.state && " + mine + ".dataset.state !== 'unavailable'", SOON);

      playing.cancel(false);
      long stopped = System.nanoTime();
      page().await(mine + ".dataset.state === 'unavailable'", Duration.ofSeconds(10));

      System.out.printf(
          "a camera that stopped was shown as unavailable after %.1f s%n",
          (System.nanoTime() - stopped) / 1e9);
      assertThat(page().value(mine + ".querySelector('.words b').textContent").asText())
          .isEqualTo(name);
      assertThat(page().holds("document.querySelector('.tile img')")).isFalse();
      assertThat(page().value("document.title").asText()).isEqualTo("Saccade");
    } finally {
      camera.shutdownNow();
    }
  }

  @Test
  @Order(8)
  void isLightAndQuicklyThere() throws Exception {
    page().command("Network.enable", Map.of());
    page().command("Network.setCacheDisabled", Map.of("cacheDisabled", true));
    page().value("location.reload(); null");
    // Until the page before has gone.
    page().await("performance.now() < 5000 && document.body?.dataset.ready", SOON);
    JsonNode loaded =
        page()
            .value(
                "new Promise(done => { const look = () => document.body?.dataset.ready"
                    + " ? done([performance.now(), performance.getEntriesByType('resource')"
                    + ".filter(e => !e.name.includes('/api/')).reduce((n, e) => n + e.transferSize, 0)])"
                    + " : setTimeout(look, 10); look(); })");
    System.out.printf(
        "interactive after %.0f ms, %.0f KB%n",
        loaded.get(0).asDouble(), loaded.get(1).asDouble() / 1000);

    assertThat(loaded.get(1).asDouble()).isPositive().isLessThan(300_000);
    assertThat(loaded.get(0).asDouble()).isCloseTo(0, within(5_000.0));
  }

  @Test
  @Order(9)
  void fitsAPhone() throws Exception {
    page()
        .command(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", 360, "height", 780, "deviceScaleFactor", 1, "mobile", true));
    page().await("document.querySelectorAll('.tile').length >= " + CAMERAS, SOON);

    assertThat(page().value("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(360);
  }
}
