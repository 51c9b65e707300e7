package io.saccade.camera.config;

import java.util.List;
import java.util.stream.Collectors;

/** A cameras file that is refused, with everything that is wrong in it. */
public final class FaultyCamerasException extends Exception {
  private final transient List<Fault> faults;

  public FaultyCamerasException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
