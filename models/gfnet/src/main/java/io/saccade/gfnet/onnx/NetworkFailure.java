package io.saccade.gfnet.onnx;

/**
 * The network could not run, or answered with what is no answer. No picture causes this: it is for
 * whoever runs the process, not for the sender of a frame.
 */
public final class NetworkFailure extends RuntimeException {
  NetworkFailure(String message) {
    super(message);
  }

  NetworkFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
