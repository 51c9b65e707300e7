package io.saccade.gfnet;

/** A bundle that differs from what its manifest says; the message names the file. */
public final class InvalidBundleException extends RuntimeException {
  public InvalidBundleException(String message) {
    super(message);
  }

  public InvalidBundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
