package io.saccade.cli.console;

import static io.saccade.cli.console.Pages.text;
import static io.saccade.cli.console.Pages.tile;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.bench.camera.Waiting;
import io.saccade.bench.console.Browser;
import io.saccade.console.Console;
import io.saccade.console.ConsoleOptions;
import io.saccade.console.access.Access;
import io.saccade.console.access.Person;
import io.saccade.console.access.Role;
import io.saccade.console.access.TokenFile;
import io.saccade.console.control.ControlDesk;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import io.saccade.wire.Control;
import io.saccade.wire.Event;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in and what they see, in a real browser, beside records written by the test. */
@Timeout(120)
class ConsoleAccessPageTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ADA = "ada-may-turn-everything-0";
  private static final String BOB = "bob-may-see-the-yard-only";

  @TempDir Path folder = Path.of("");

  private EmbeddedBroker broker;
  private Console console;
  private RecordedJob job;
  private Browser page;

  @BeforeEach
  void open() throws Exception {
    Pages.requireBrowser();
    broker = EmbeddedBroker.start();
    TopicPlan.passing(1).create(broker.address());
    console =
        Console.start(
            new ConsoleOptions(
                Map.of("bootstrap.servers", broker.address()),
                Topics.DEFAULT,
                new Access(
                    InetAddress.getLoopbackAddress(),
                    Optional.of(TokenFile.read(tokens())),
                    Optional.empty(),
                    Person.ofAll("nobody", Role.VIEWER)),
                0,
                Pages.HOME.resolve("models/bundles/runway")),
            (cores, parallelism) -> Optional.empty());
    Waiting.until("the console is ready", SOON, console::ready);
    job = new RecordedJob(broker.address());
    page = Browser.open(console.address(), 1280, 1400);
  }

  private Path tokens() throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("tokens.json"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        """
        [{"name": "ada", "role": "operator", "token": "%s"},
         {"name": "bob", "role": "viewer", "token": "%s", "cameras": ["yard"]}]
        """
            .formatted(ADA, BOB));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : new AutoCloseable[] {page, job, console, broker}) {
      if (it != null) {
        it.close();
      }
    }
  }

  private void enter(String token) throws InterruptedException {
    page.await("document.getElementById('entrance').open", SOON);
    page.value("document.getElementById('token').focus()");
    page.command("Input.insertText", Map.of("text", token));
    page.press("Enter");
  }

  private void bothCamerasShow() throws InterruptedException, ExecutionException {
    for (String camera : new String[] {"gate", "yard"}) {
      job.frame(camera, TestPicture.jpeg(camera.hashCode()), Label.CLASSIFIED, "runway");
    }
  }

  @Test
  void aWrongTokenIsRefusedAndTheRightOneShowsWhatIsAllowed() throws Exception {
    bothCamerasShow();
    enter("a-token-that-nobody-has-got");
    page.await("document.getElementById('entrance-refusal').textContent !== ''", SOON);
    assertThat(text(page, "entrance-refusal")).isEqualTo("this token is not known");
    assertThat(page.holds("document.getElementById('entrance').open")).isTrue();
    assertThat(page.value("document.querySelectorAll('.tile').length").asInt()).isZero();
    Pages.requireNoSeriousViolation(page, "the entrance");

    page.value("document.getElementById('token').value = ''");
    enter(BOB);

    page.await(tile("yard") + "?.dataset.state", SOON);
    assertThat(page.holds("document.getElementById('entrance').open")).isFalse();
    assertThat(text(page, "who")).isEqualTo("bob (viewer)");
    assertThat(page.value("document.querySelectorAll('.tile').length").asInt()).isEqualTo(1);
    assertThat(page.holds(tile("gate"))).isFalse();
    // A viewer sees the dials, and cannot turn them.
    assertThat(
            page.holds(
                "['cores', 'target', 'apply', 'terms-weight', 'terms-cap', 'terms-apply']"
                    + ".every(id => document.getElementById(id).disabled)"))
        .isTrue();
    assertThat(text(page, "answer")).isEqualTo("you may look, but not change settings");

    page.value("document.getElementById('leave').click()");
    enter(ADA);
    page.await(tile("gate") + "?.dataset.state", SOON);
    assertThat(text(page, "who")).isEqualTo("ada (operator)");
    assertThat(page.holds("document.getElementById('cores').disabled")).isFalse();
  }

  @Test
  void whatHappensStandsAmongTheEventsAndInTheCharts() throws Exception {
    enter(ADA);
    job.frame("yard", TestPicture.jpeg(1), Label.CLASSIFIED, "runway");
    job.event("yard", Event.SILENT, null);
    job.event("yard", Event.BACK, "nut");
    job.refusal("cores must be at most 0.95");
    job.frame("gate", new byte[] {1, 2, 3}, Label.UNREADABLE, "runway");
    job.frame("yard", TestPicture.jpeg(2), Label.CLASSIFIED, "better");
    long now = System.currentTimeMillis();
    job.decision(now - 3_000);
    job.decision(now);

    for (String text :
        new String[] {
          "yard: has fallen silent",
          "yard: is back, shows nut",
          "the job refused settings: cores must be at most 0.95",
          "gate: a frame could not be read: not-an-image",
          "another model: better abcdef012345",
          "subtask 0 was gone for a while",
          "the job has stopped deciding"
        }) {
      page.await(
          "[...document.querySelectorAll('#marks .said')].some(it => it.textContent === %s)"
              .formatted(Pages.quoted(text)),
          SOON);
    }

    Pages.set(page, "kind", "model");
    assertThat(
            page.value(
                    "[...document.querySelectorAll('#marks li')].filter(it => !it.hidden).map(it => it.dataset.kind).join()")
                .asText())
        .isEqualTo("model,model");
    page.value("document.getElementById('charts').scrollIntoView()");
    // All but what concerns one camera: two of models, four of the job and a refusal; a frame's
    // too.
    page.await("Number(document.getElementById('charts').dataset.marks) >= 6", SOON);
  }

  @Test
  void aTimeThatIsNoneBreaksNothing() throws Exception {
    long never = Long.MAX_VALUE;
    job.state("gate", "stalled", never);
    job.frame("yard", TestPicture.jpeg(1), Label.CLASSIFIED, "runway", never);
    enter(ADA);
    page.await(tile("yard") + "?.dataset.pictures >= 1", SOON);

    page.value(tile("yard") + ".click()");

    page.await(
        "document.querySelector('#large-history tbody tr')?.textContent.includes('confident')",
        SOON);
    page.await(
        "[...document.querySelectorAll('#marks .said')].some(it => it.textContent === 'gate: is unavailable: stalled')",
        SOON);
    assertThat(text(page, "connection")).isEqualTo("connected");
  }

  @Test
  void aDialThatIsNotTurnedChangesNothing() throws Exception {
    Status.Settings multiplyAdds =
        new Status.Settings(
            0.95, 200_000_000, 800_000_000, 1, 1, Status.Settings.MULTIPLY_ADDS, 8e9);
    enter(ADA);

    Control moved = afterTurning("target", "30", multiplyAdds);
    assertThat(moved.budgetMultiplyAddsPerSecond()).isEqualTo(8e9);
    assertThat(moved.budgetCores()).isNull();
    assertThat(moved.targetAgeMillis()).isEqualTo(79);

    Control between =
        afterTurning("target", "40", new Status.Settings(0.333, 200_000_000, 800_000_000, 1, 1));
    assertThat(between.budgetCores()).isEqualTo(0.333);

    Control cores =
        afterTurning("cores", "0.5", new Status.Settings(0.02, 201_000_000, 800_000_000, 1, 1));
    assertThat(cores.budgetCores()).isEqualTo(0.5);
    assertThat(cores.targetAgeMillis()).isEqualTo(201);
  }

  /** What is written when a job that runs with those settings has one of its dials turned. */
  private Control afterTurning(String dial, String value, Status.Settings settings)
      throws Exception {
    String granted = "%.2f cores".formatted(settings.budgetCores());
    job.decision(settings);
    page.await("document.getElementById('granted').textContent === '%s'".formatted(granted), SOON);
    page.value("document.getElementById('answer').textContent = ''; null");
    Pages.set(page, dial, value);
    job.decision(settings);
    Pages.click(page, "apply");
    page.await("/^(written|in force)/.test(document.getElementById('answer').textContent)", SOON);
    try (ControlDesk desk = new ControlDesk(broker.address(), Topics.DEFAULT)) {
      return desk.newest().orElseThrow();
    }
  }

  @Test
  void saysThatNoBrokerAnswers() throws Exception {
    String nowhere = "127.0.0.1:" + EmbeddedBroker.freePort();
    try (Console alone =
            Console.start(
                new ConsoleOptions(
                    Map.of("bootstrap.servers", nowhere),
                    Topics.DEFAULT,
                    Access.local("me"),
                    0,
                    null),
                (cores, parallelism) -> Optional.empty());
        Browser other = Browser.open(alone.address(), 800, 600)) {
      other.await(
          "document.getElementById('wall-summary').textContent === 'no Kafka broker answers at %s'"
              .formatted(nowhere),
          SOON);
      assertThat(alone.ready()).isFalse();
    }
  }

  @Test
  void nothingIsLiveOnceTheConsoleIsSilent() throws Exception {
    bothCamerasShow();
    enter(ADA);
    page.await(tile("yard") + "?.dataset.pictures >= 1", SOON);

    console.close();

    page.await("document.querySelectorAll('.tile[data-state=unavailable]').length === 2", SOON);
    assertThat(page.value(tile("yard") + ".getAttribute('aria-label')").asText())
        .isEqualTo("yard: unavailable, the console does not answer");
    assertThat(
            page.value(
                    "getComputedStyle(%s.querySelector('canvas')).filter".formatted(tile("yard")))
                .asText())
        .contains("grayscale(1)")
        .contains("blur");
  }
}
