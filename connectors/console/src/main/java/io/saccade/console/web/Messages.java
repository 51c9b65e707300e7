package io.saccade.console.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.console.scene.Bundle;
import io.saccade.console.scene.Chronicle;
import io.saccade.console.scene.Contact;
import io.saccade.console.scene.Mark;
import io.saccade.console.scene.Note;
import io.saccade.console.scene.Picture;
import io.saccade.console.scene.Scene;
import io.saccade.console.scene.Second;
import io.saccade.console.scene.Wall;
import io.saccade.wire.Label;
import java.util.List;
import java.util.Optional;

/** What a page is told, as JSON. Pictures go beside it. */
final class Messages {
  private final Wall wall;
  private final Chronicle chronicle;
  private final Contact contact;
  private final BudgetView budget;

  Messages(Scene scene, Optional<Bundle> bundle) {
    this.wall = scene.wall();
    this.chronicle = scene.chronicle();
    this.contact = scene.contact();
    this.budget = new BudgetView(chronicle, bundle);
  }

  /** The state of everything, and what is new for this viewer since it was last told. */
  ObjectNode state(Viewer viewer, List<Wall.View> views, long nowMillis) {
    ObjectNode state = Requests.JSON.createObjectNode();
    state.put("now", nowMillis);
    state.put("viewer", viewer.id());
    Optional<String> trouble = contact.trouble();
    state.putObject("kafka").put("ready", trouble.isEmpty()).put("reason", trouble.orElse(""));
    ArrayNode cameras = state.putArray("cameras");
    for (Wall.View view : views) {
      if (viewer.person().sees(view.camera())) {
        camera(cameras.addObject(), view);
      }
    }
    seconds(state, viewer);
    marks(state, viewer);
    budget.tell(state.putObject("budget"), viewer.person());
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

  private static void brief(ObjectNode into, Note note) {
    into.put("at", note.capturedMillis());
    into.put("outcome", note.outcome());
    into.put("reason", note.reason());
    into.put("looks", note.looks());
    into.put("age", note.ageMillis());
    if (note.best() != null) {
      into.put("name", note.best());
      into.put("confidence", rounded(note.confidence()));
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

  /** What stands before a picture: whose it is, and what the network made of it. */
  static ObjectNode picture(Picture picture) {
    Label label = picture.label();
    ObjectNode header = Requests.JSON.createObjectNode();
    header.put("camera", label.camera());
    header.put("partition", label.partition());
    header.put("offset", label.offset());
    brief(header, Note.of(label));
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

  /** Ten thousandths are more than a page shows. */
  static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
