package io.saccade.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Sight;
import java.nio.file.Path;
import java.util.Locale;

/** What came of a picture, for people and for programs. */
final class SightPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SightPrinter() {}

  static String text(Bundle bundle, Path image, Sight sight) {
    if (sight instanceof Sight.Unreadable unreadable) {
      return "%s: unreadable, %s: %s".formatted(image, unreadable.reason(), unreadable.detail());
    }
    Sight.Verdict verdict = (Sight.Verdict) sight;
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s, %.1f%% sure after %d of %d looks (%s); decode %.2f ms",
            image,
            bundle.classes().get(verdict.best()),
            100 * verdict.confidence(),
            verdict.looks().size(),
            bundle.steps(),
            stop(verdict),
            verdict.decodeNanos() / 1e6));
    for (int i = 0; i < verdict.looks().size(); i++) {
      Sight.Look look = verdict.looks().get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-6s at %4d,%-4d  %4d x %-4d  %5.1f%% sure  %6.2f ms",
              i == 0 ? "glance" : "focus",
              look.x(),
              look.y(),
              look.width(),
              look.height(),
              100 * look.confidence(),
              look.cpuNanos() / 1e6));
    }
    return text.toString();
  }

  static String json(Bundle bundle, Path image, Sight sight) {
    ObjectNode node = JSON.createObjectNode().put("image", image.toString());
    if (sight instanceof Sight.Unreadable unreadable) {
      return node.put("outcome", "unreadable")
          .put("reason", unreadable.reason())
          .put("detail", unreadable.detail())
          .toString();
    }
    Sight.Verdict verdict = (Sight.Verdict) sight;
    node.put("outcome", "classified")
        .put("reason", stop(verdict))
        .put("label", bundle.classes().get(verdict.best()))
        .put("confidence", verdict.confidence())
        .put("decodeMillis", verdict.decodeNanos() / 1e6);
    ArrayNode looks = node.putArray("looks");
    for (Sight.Look look : verdict.looks()) {
      looks
          .addObject()
          .put("x", look.x())
          .put("y", look.y())
          .put("width", look.width())
          .put("height", look.height())
          .put("confidence", look.confidence())
          .put("millis", look.cpuNanos() / 1e6);
    }
    return node.put("model", bundle.id() + " " + bundle.version()).toString();
  }

  private static String stop(Sight.Verdict verdict) {
    return verdict.stop().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
