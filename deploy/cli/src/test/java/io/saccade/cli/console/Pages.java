package io.saccade.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.bench.console.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** What tests do with the page. */
final class Pages {
  static final Path HOME = Path.of("../..");

  private Pages() {}

  /** Without a browser a test is skipped, but in CI it fails. */
  static void requireBrowser() {
    boolean there = Files.isExecutable(Browser.CHROMIUM);
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(Browser.CHROMIUM + " must be there in CI, but is not");
    }
    Assumptions.assumeTrue(there, "skipped: the page is tested with " + Browser.CHROMIUM);
  }

  /** The tile of a camera, as an expression. */
  static String tile(String camera) {
    return "[...document.querySelectorAll('.tile')].find(t => t.dataset.camera === "
        + quoted(camera)
        + ")";
  }

  /** Text as JavaScript has it. */
  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** The text of an element. */
  static String text(Browser page, String id) {
    return page.value("document.getElementById('" + id + "').textContent").asText();
  }

  /** Sets an input as a person does, so that the page hears of it. */
  static void set(Browser page, String id, String value) {
    page.value(
        "(() => { const it = document.getElementById('%s'); it.value = %s;"
                .formatted(id, quoted(value))
            + " it.dispatchEvent(new Event('input')); it.dispatchEvent(new Event('change')); })()");
  }

  static void click(Browser page, String id) {
    page.value("document.getElementById('" + id + "').click()");
  }

  /** Moves the pointer over the middle of an element. */
  static void hover(Browser page, String selector) {
    var at =
        page.value(
            "(() => { const it = document.querySelector('%s'); it.scrollIntoView({block: 'center', behavior: 'instant'});"
                    .formatted(selector)
                + " const r = it.getBoundingClientRect(); return [r.x + 0.9 * r.width, r.y + r.height / 2]; })()");
    page.command(
        "Input.dispatchMouseEvent",
        Map.of("type", "mouseMoved", "x", at.get(0).asDouble(), "y", at.get(1).asDouble()));
  }

  /** What keeps somebody from reading or using the page, as axe finds it. */
  static void requireNoSeriousViolation(Browser page, String where) throws IOException {
    if (!page.holds("window.axe")) {
      try (InputStream axe = Pages.class.getResourceAsStream("/axe.min.js")) {
        page.value(new String(Objects.requireNonNull(axe).readAllBytes(), UTF_8) + "; null");
      }
    }
    assertThat(
            page.value(
                "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
                    + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                    + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | ')))"))
        .as(where)
        .isEmpty();
  }
}
