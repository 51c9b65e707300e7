package io.saccade.cluster;

/** What is to be done should the process be asked to end. */
public final class Hooks {
  private Hooks() {}

  /** Takes a hook back, unless it is at work already. */
  public static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending, and its hooks run.
    }
  }
}
