package io.saccade.console.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.saccade.console.access.Person;
import io.saccade.console.scene.Picture;
import io.saccade.console.scene.Place;
import io.saccade.console.scene.Wall;
import io.saccade.console.topic.FrameSampler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * One response that never ends: twice a second what has changed, then new pictures of the tiles in
 * sight. Nothing is queued: each round is made from what is known when the browser has taken the
 * round before, so a slow one gets fewer rounds and costs a sleeping thread.
 *
 * <p>A message is a length in 4 bytes (of what follows it), a kind in 1 byte and its content: JSON
 * of the state (1), or the length of a JSON header in 4 bytes, the header and a picture (2).
 */
final class LiveStream {
  private static final byte STATE = 1;
  private static final byte PICTURE = 2;

  /**
   * Pictures of a round: 8 MB a second for each page, at which forty tiles of 1920x1080 are never
   * older than 2 s. What does not fit comes in a later round.
   */
  private static final int ROUND_BYTES = 4_000_000;

  private final Wall wall;
  private final Messages messages;
  private final Viewers viewers;

  LiveStream(Wall wall, Messages messages, Viewers viewers) {
    this.wall = wall;
    this.messages = messages;
    this.viewers = viewers;
  }

  void serve(HttpExchange exchange, Person person) throws IOException, Refusal {
    Viewer viewer = viewers.open(person);
    try {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      // A proxy must pass on each round as it comes.
      exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
      Requests.strict(exchange.getResponseHeaders(), "application/octet-stream");
      Line.of(exchange).begin();
      exchange.sendResponseHeaders(200, 0);
      try (DataOutputStream out = new DataOutputStream(exchange.getResponseBody())) {
        while (true) {
          long start = System.nanoTime();
          viewer.writes(true);
          round(viewer, out);
          viewer.writes(false);
          Thread.sleep(
              Math.max(50, FrameSampler.EVERY_MILLIS - (System.nanoTime() - start) / 1_000_000));
        }
      }
    } catch (InterruptedException e) {
      // Hung up on.
    } finally {
      viewers.close(viewer);
      exchange.close();
    }
  }

  private void round(Viewer viewer, DataOutputStream out) throws IOException {
    long now = System.currentTimeMillis();
    List<Wall.View> views = wall.views(now);
    byte[] state = Requests.JSON.writeValueAsBytes(messages.state(viewer, views, now));
    out.writeInt(1 + state.length);
    out.writeByte(STATE);
    out.write(state);
    pictures(viewer, views, out);
    out.flush();
  }

  private static void pictures(Viewer viewer, List<Wall.View> views, DataOutputStream out)
      throws IOException {
    Set<String> inSight = viewer.inSight();
    int left = ROUND_BYTES;
    // Those that had to wait come first.
    Collections.rotate(views, -viewer.resume());
    for (int i = 0; i < views.size(); i++) {
      Wall.View view = views.get(i);
      if (left <= 0) {
        viewer.resume(viewer.resume() + i);
        return;
      }
      Picture picture = view.picture().orElse(null);
      if (picture == null || !inSight.contains(view.camera())) {
        continue;
      }
      Place place = picture.place();
      if (!place.equals(viewer.sent().put(view.camera(), place))) {
        write(picture, out);
        left -= picture.image().length;
      }
    }
    viewer.resume(0);
  }

  private static void write(Picture picture, DataOutputStream out) throws IOException {
    ObjectNode fields = Messages.picture(picture);
    byte[] header = Requests.JSON.writeValueAsBytes(fields);
    out.writeInt(1 + 4 + header.length + picture.image().length);
    out.writeByte(PICTURE);
    out.writeInt(header.length);
    out.write(header);
    ((OutputStream) out).write(picture.image());
  }
}
