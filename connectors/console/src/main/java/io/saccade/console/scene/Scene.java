package io.saccade.console.scene;

/**
 * All that is known, which one thread fills and others show.
 *
 * @param wall what each camera shows
 * @param chronicle what the jobs do
 * @param contact whether either can be heard
 */
public record Scene(Wall wall, Chronicle chronicle, Contact contact) {

  /** Nothing yet. */
  public static Scene empty() {
    return new Scene(new Wall(), new Chronicle(), new Contact());
  }
}
