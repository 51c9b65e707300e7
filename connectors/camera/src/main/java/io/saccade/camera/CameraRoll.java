package io.saccade.camera;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** The cameras of this process. Safe for use by several threads. */
public final class CameraRoll {
  private final ConcurrentSkipListMap<String, CameraCounts> cameras = new ConcurrentSkipListMap<>();
  private final Clock clock;

  public CameraRoll(Clock clock) {
    this.clock = clock;
  }

  /** The camera's counts: those it has, or new ones. */
  public CameraCounts enroll(String camera) {
    return cameras.computeIfAbsent(camera, id -> new CameraCounts(id, clock));
  }

  /** Takes a camera off that is no longer wanted; it is reported as stopped one last time. */
  public void strike(String camera) {
    cameras.remove(camera);
  }

  /** In the order of their ids. */
  public List<CameraCounts> all() {
    return List.copyOf(cameras.values());
  }
}
