package io.saccade.console;

import io.saccade.console.access.Access;
import io.saccade.console.control.Limits;
import io.saccade.console.scene.Bundle;
import io.saccade.console.scene.Contact;
import io.saccade.console.scene.Scene;
import io.saccade.console.topic.FrameSampler;
import io.saccade.console.topic.Listener;
import io.saccade.console.web.Viewers;
import io.saccade.console.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The page, served until closed. */
public final class Console implements AutoCloseable {
  private final Access access;
  private final Contact contact;
  private final Listener listener;
  private final FrameSampler sampler;
  private final WebServer server;

  private Console(
      Access access, Contact contact, Listener listener, FrameSampler sampler, WebServer server) {
    this.access = access;
    this.contact = contact;
    this.listener = listener;
    this.sampler = sampler;
    this.server = server;
  }

  /**
   * Starts to listen and to serve. Kafka need not answer yet.
   *
   * @param limits what the job would refuse anyway
   * @throws IllegalArgumentException when the bundle is none
   */
  public static Console start(ConsoleOptions options, Limits limits) throws IOException {
    Path path = options.bundle();
    Optional<Bundle> bundle = path == null ? Optional.empty() : Optional.of(Bundle.read(path));
    Scene scene = Scene.empty();
    Viewers viewers = new Viewers();
    // First what may fail: a port that is taken.
    WebServer server =
        new WebServer(
            options.access(),
            options.port(),
            scene,
            bundle,
            viewers,
            options.kafka(),
            options.topics(),
            limits);
    return new Console(
        options.access(),
        scene.contact(),
        Listener.start(options.kafka(), options.topics(), scene),
        FrameSampler.start(
            options.kafka(), options.topics().frames(), scene.wall(), viewers::watched),
        server);
  }

  /** Where the page is, for people: the proxy's address behind a proxy. */
  public String address() {
    return access
        .proxy()
        .map(Object::toString)
        .orElseGet(
            () ->
                "http://%s:%d"
                    .formatted(
                        access.host().isLoopbackAddress()
                            ? "127.0.0.1"
                            : access.host().getHostAddress(),
                        server.port()));
  }

  /** Whether a broker answers and the job's topics are there. */
  public boolean ready() {
    return contact.trouble().isEmpty();
  }

  /**
   * Waits until the brokers turn us away, having never let us in; for ever when they let us in.
   *
   * @return why, for people
   */
  public String awaitRefusal() throws InterruptedException {
    try {
      return listener.turnedAway().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing but a reason must come of it, but did", e);
    }
  }

  @Override
  public void close() {
    server.close();
    sampler.close();
    listener.close();
  }
}
