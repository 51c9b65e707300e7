package io.saccade.console.scene;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What looking more is worth, as measured when the model was calibrated: from the glance alone to
 * every look.
 *
 * @param points ascending in mean looks; the last takes every look
 * @param clips on which that was measured, at least 1
 * @param frames of those clips; 0 when nobody said
 */
public record Frontier(List<Point> points, int clips, int frames) {

  /** Mean looks of a frame, and the share of right answers. */
  public record Point(double meanLooks, double accuracy) {}

  public Frontier {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a frontier must have at least one point, but has none");
    }
    if (clips < 1 || frames < 0) {
      throw new IllegalArgumentException(
          "clips must be at least 1 and frames at least 0, but were %d and %d"
              .formatted(clips, frames));
    }
  }

  /** From a bundle's file of that name. */
  static Frontier of(JsonNode root, String file) {
    JsonNode points = root.path("points");
    JsonNode calibration = root.path("calibration");
    List<Point> read = new ArrayList<>();
    for (JsonNode point : points) {
      JsonNode looks = point.path("meanLooks");
      JsonNode accuracy = point.path("accuracy");
      if (!looks.isNumber() || !accuracy.isNumber()) {
        throw new IllegalArgumentException(
            "each point in %s must have meanLooks and accuracy, but one was %s"
                .formatted(file, point));
      }
      read.add(new Point(looks.asDouble(), accuracy.asDouble()));
    }
    return new Frontier(
        read,
        Math.max(1, calibration.path("clips").size()),
        Math.max(0, calibration.path("frames").asInt(0)));
  }

  /** The highest position. */
  public double top() {
    return points.size() - 1;
  }

  /** Looks at a frame at full quality. */
  public double mostLooks() {
    return points.get(points.size() - 1).meanLooks();
  }

  /** Between two points in a straight line. */
  public Point at(double position) {
    double within = Math.max(0, Math.min(top(), position));
    int below = (int) Math.floor(within);
    Point low = points.get(below);
    Point high = points.get(Math.min(below + 1, points.size() - 1));
    double share = within - below;
    return new Point(
        low.meanLooks + share * (high.meanLooks - low.meanLooks),
        low.accuracy + share * (high.accuracy - low.accuracy));
  }

  /** The highest position with no more mean looks than these. */
  public double position(double meanLooks) {
    double low = 0;
    double high = top();
    if (at(high).meanLooks <= meanLooks) {
      return high;
    }
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (at(middle).meanLooks <= meanLooks) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
