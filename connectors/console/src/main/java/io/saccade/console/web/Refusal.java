package io.saccade.console.web;

/** A request that is not served, and what to tell. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String told) {
    super(told);
    this.status = status;
  }

  int status() {
    return status;
  }

  String told() {
    return String.valueOf(getMessage());
  }
}
