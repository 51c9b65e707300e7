package io.saccade.console.scene;

import io.saccade.wire.CameraStatus;
import io.saccade.wire.Label;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every camera and what is known of it. Safe for use by several threads. */
public final class Wall {
  /** Of more cameras the one unheard longest makes room: names are made by whoever sends frames. */
  static final int MOST_CAMERAS = 1_000;

  /** One camera as the page shows it. */
  public record View(
      String camera, Availability availability, Optional<Note> newest, Optional<Picture> picture) {}

  private final Map<String, Tile> tiles = new TreeMap<>();

  /**
   * Notes a label.
   *
   * @param json the whole of it
   */
  public synchronized void hear(Note note, byte[] json, long nowMillis) {
    tile(note.camera()).hear(note, json, nowMillis);
  }

  public synchronized void hear(CameraStatus status) {
    tile(status.camera()).hear(status);
  }

  /** Nobody speaks for this camera any more. */
  public synchronized void forgetStatus(String camera) {
    Tile tile = tiles.get(camera);
    if (tile != null) {
      tile.forgetStatus();
    }
  }

  public synchronized void show(Picture picture) {
    Tile tile = tiles.get(picture.label().camera());
    if (tile != null) {
      tile.show(picture);
    }
  }

  private Tile tile(String camera) {
    Tile tile = tiles.get(camera);
    if (tile == null) {
      if (tiles.size() >= MOST_CAMERAS) {
        tiles.remove(
            Collections.min(
                    tiles.entrySet(), Comparator.comparingLong(it -> it.getValue().lastSign()))
                .getKey());
      }
      tile = new Tile();
      tiles.put(camera, tile);
    }
    return tile;
  }

  /** Where the newest frames looked at of these cameras stand whose pictures are not here yet. */
  public synchronized Map<Place, Label> wanted(Collection<String> cameras) {
    Map<Place, Label> wanted = new HashMap<>();
    for (String camera : cameras) {
      Tile tile = tiles.get(camera);
      if (tile != null) {
        tile.wanted().ifPresent(it -> wanted.put(new Place(it.partition(), it.offset()), it));
      }
    }
    return wanted;
  }

  public synchronized List<View> views(long nowMillis) {
    List<View> views = new ArrayList<>();
    tiles.forEach(
        (camera, tile) ->
            views.add(
                new View(camera, tile.availability(nowMillis), tile.newest(), tile.picture())));
    return views;
  }

  /** The last labels of a camera, oldest first. */
  public synchronized List<Note> history(String camera) {
    Tile tile = tiles.get(camera);
    return tile == null ? List.of() : tile.history();
  }
}
