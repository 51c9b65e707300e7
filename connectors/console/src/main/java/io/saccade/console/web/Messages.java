package io.saccade.console.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.console.access.Person;
import io.saccade.console.scene.Chronicle;
import io.saccade.console.scene.Frontier;
import io.saccade.console.scene.Mark;
import io.saccade.console.scene.Outlook;
import io.saccade.console.scene.Picture;
import io.saccade.console.scene.Second;
import io.saccade.console.scene.Wall;
import io.saccade.wire.Control;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a page is told, as JSON. Pictures go beside it. */
final class Messages {
  private final Wall wall;
  private final Chronicle chronicle;
  private final Optional<Frontier> frontier;

  Messages(Wall wall, Chronicle chronicle, Optional<Frontier> frontier) {
    this.wall = wall;
    this.chronicle = chronicle;
    this.frontier = frontier;
  }

  /** The state of everything, and what is new for this viewer since it was last told. */
  ObjectNode state(Viewer viewer, List<Wall.View> views, long nowMillis) {
    ObjectNode state = Requests.JSON.createObjectNode();
    state.put("now", nowMillis);
    state.put("viewer", viewer.id());
    ArrayNode cameras = state.putArray("cameras");
    for (Wall.View view : views) {
      if (viewer.person().sees(view.camera())) {
        camera(cameras.addObject(), view);
      }
    }
    seconds(state, viewer);
    marks(state, viewer);
    budget(state.putObject("budget"), viewer.person());
    String large = viewer.large();
    if (large != null && viewer.person().sees(large)) {
      ArrayNode history = state.putObject("large").put("camera", large).putArray("history");
      wall.history(large).forEach(label -> brief(history.addObject(), label));
    }
    return state;
  }

  private static void camera(ObjectNode camera, Wall.View view) {
    camera.put("camera", view.camera());
    camera.put("state", view.availability().state());
    camera.put("reason", view.availability().reason());
    view.newest().ifPresent(label -> brief(camera.putObject("label"), label));
  }

  private static void brief(ObjectNode into, Label label) {
    into.put("at", label.capturedMillis());
    into.put("outcome", label.outcome());
    into.put("reason", label.reason());
    into.put("looks", label.looks().size());
    into.put("age", label.ageMillis());
    if (!label.classes().isEmpty()) {
      into.put("name", label.classes().get(0).name());
      into.put("confidence", rounded(label.classes().get(0).confidence()));
    }
  }

  private void seconds(ObjectNode state, Viewer viewer) {
    ArrayNode rows = state.putArray("seconds");
    for (Second second : chronicle.secondsAfter(viewer.secondSent())) {
      ArrayNode row = rows.addArray();
      for (double value : second.values()) {
        if (Double.isNaN(value)) {
          row.addNull();
        } else {
          row.add(rounded(value));
        }
      }
      viewer.secondSent(second.atMillis());
    }
  }

  private void marks(ObjectNode state, Viewer viewer) {
    ArrayNode marks = state.putArray("marks");
    for (Mark mark : chronicle.marksAfter(viewer.markSent())) {
      viewer.markSent(mark.number());
      if (mark.camera().isEmpty() || viewer.person().sees(mark.camera())) {
        marks
            .addObject()
            .put("number", mark.number())
            .put("at", mark.atMillis())
            .put("kind", mark.kind())
            .put("camera", mark.camera())
            .put("text", mark.text());
      }
    }
  }

  private void budget(ObjectNode budget, Person person) {
    List<Status> decisions = chronicle.decisions();
    budget.put("running", !decisions.isEmpty());
    budget.put("parallelism", decisions.isEmpty() ? 0 : decisions.get(0).parallelism());
    budget.put("epoch", decisions.stream().mapToLong(Status::epoch).max().orElse(0));
    Optional<Control> control = chronicle.control();
    ObjectNode terms = budget.putObject("terms");
    control.ifPresent(
        it -> {
          budget.put("issuedBy", it.issuedBy());
          it.cameras()
              .forEach(
                  (camera, those) -> {
                    if (person.sees(camera)) {
                      terms.putObject(camera).put("weight", those.weight()).put("cap", those.cap());
                    }
                  });
        });
    decisions.stream()
        .map(Status::settings)
        .findFirst()
        .ifPresent(
            settings ->
                budget
                    .put("targetAgeMillis", settings.targetAgeNanos() / 1_000_000)
                    .put("maxAgeMillis", settings.maxAgeNanos() / 1_000_000));
    frontier.ifPresent(
        it -> {
          ArrayNode points = budget.putArray("frontier");
          it.points()
              .forEach(point -> points.addArray().add(point.meanLooks()).add(point.accuracy()));
          Outlook.of(decisions, it).ifPresent(outlook -> outlook(budget, outlook, it));
        });
  }

  private static void outlook(ObjectNode budget, Outlook outlook, Frontier frontier) {
    budget.put("cores", rounded(outlook.budgetCores()));
    budget.put("offered", rounded(outlook.offeredPerSecond()));
    budget.put("wanted", rounded(outlook.wantedCores(frontier)));
    budget.put("position", rounded(outlook.position()));
    budget.put("decode", outlook.decodeNanos());
    budget.put("glance", outlook.glanceNanos());
    budget.put("look", outlook.lookNanos());
    Frontier.Point now = frontier.at(outlook.position());
    budget
        .putObject("here")
        .put("meanLooks", rounded(now.meanLooks()))
        .put("accuracy", rounded(now.accuracy()));
    expectation(budget.putObject("doubled"), outlook.with(2 * outlook.budgetCores(), frontier));
    expectation(budget.putObject("halved"), outlook.with(outlook.budgetCores() / 2, frontier));
  }

  private static void expectation(ObjectNode into, Outlook.Expectation expected) {
    into.put("keep", rounded(expected.keep()))
        .put("meanLooks", rounded(expected.meanLooks()))
        .put("accuracy", rounded(expected.accuracy()));
  }

  /** What stands before a picture: whose it is, and what the network made of it. */
  static ObjectNode picture(Picture picture) {
    Label label = picture.label();
    ObjectNode header = Requests.JSON.createObjectNode();
    header.put("camera", label.camera());
    header.put("partition", label.partition());
    header.put("offset", label.offset());
    brief(header, label);
    ArrayNode looks = header.putArray("boxes");
    for (Label.Look look : label.looks()) {
      looks
          .addArray()
          .add(look.x())
          .add(look.y())
          .add(look.width())
          .add(look.height())
          .add(rounded(look.confidence()));
    }
    ArrayNode classes = header.putArray("classes");
    for (Label.Ranked ranked : label.classes()) {
      classes.addArray().add(ranked.name()).add(rounded(ranked.confidence()));
    }
    return header;
  }

  /** Whether a camera named by a page may be watched by it. */
  static Set<String> allowed(Viewer viewer, Set<String> cameras) {
    cameras.removeIf(it -> !viewer.person().sees(it));
    return cameras;
  }

  /** Ten thousandths are more than a page shows. */
  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
