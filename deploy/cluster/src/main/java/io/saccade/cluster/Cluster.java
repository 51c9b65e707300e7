package io.saccade.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A cluster on this machine, begun by this process or by another. */
public final class Cluster {
  /** For processes to end in order; then they are killed. */
  private static final Duration ORDER = Duration.ofSeconds(6);

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final Layout layout;
  private final Setup setup;
  private final Rest rest;

  Cluster(Layout layout, Setup setup) {
    this.layout = layout;
    this.setup = setup;
    this.rest = new Rest(setup.web());
  }

  /**
   * Begins a cluster, and returns when all its TaskManagers have registered.
   *
   * @param say told how far it has come
   * @throws IllegalStateException when one runs there already, or this one does not come up
   */
  public static Cluster start(ClusterOptions options, Consumer<String> say)
      throws IOException, InterruptedException {
    return Beginning.of(options, say);
  }

  /**
   * Refuses a folder that is not a cluster's.
   *
   * @throws IllegalStateException when it holds something else
   */
  static void requireOurs(Path folder) throws IOException {
    Folders.requireOurs(folder, Layout.MARK);
  }

  /** The cluster whose folder it is; empty when none of its processes runs. */
  public static Optional<Cluster> at(Path folder) throws IOException {
    Layout layout = new Layout(folder.toAbsolutePath().normalize());
    boolean known = Files.exists(Program.file(layout.conf(), Programs.CLIENT));
    boolean runs = Life.all(layout.run()).stream().anyMatch(Life::runs);
    return known && runs
        ? Optional.of(new Cluster(layout, Setup.read(layout.conf())))
        : Optional.empty();
  }

  public Path folder() {
    return layout.folder();
  }

  Layout layout() {
    return layout;
  }

  Setup setup() {
    return setup;
  }

  public Rest rest() {
    return rest;
  }

  /** The newest process of each program, the keeper's included, in the order of names. */
  public List<Life> lives() {
    return Life.all(layout.run());
  }

  /** The newest process of a program, such as {@code jobmanager}. */
  public Optional<Life> life(String program) {
    return lives().stream().filter(it -> it.program().equals(program)).findFirst();
  }

  /** Whether every TaskManager, at work or spare, has registered with the JobManager. */
  public boolean complete() throws InterruptedException {
    return rest.ask("/overview").map(it -> registered(it) == setup.taskManagers()).orElse(false);
  }

  static int registered(JsonNode overview) {
    return overview.path("taskmanagers").asInt();
  }

  public ClusterStatus status() throws InterruptedException {
    return ClusterStatus.of(this);
  }

  /**
   * Ends all its processes and deletes what is of no use without them. Checkpoints, savepoints and
   * logs stay.
   */
  public void stop() throws InterruptedException {
    end(ORDER);
    layout.forget();
  }

  /** The same at once, for who has no time. */
  public void kill() throws InterruptedException {
    end(Duration.ZERO);
    layout.forget();
  }

  private void end(Duration order) throws InterruptedException {
    // First who would start the others again. It does not end before it has noted all it started.
    end(lives().stream().filter(it -> it.program().equals(Keeper.NAME)).toList(), AT_ONCE);
    List<Life> all = lives();
    // Last who the others ask.
    end(all.stream().filter(it -> !it.program().equals(Programs.ZOOKEEPER)).toList(), order);
    end(all, Duration.ZERO);
  }

  private static void end(List<Life> lives, Duration order) throws InterruptedException {
    if (order.compareTo(Duration.ZERO) > 0) {
      lives.forEach(Life::end);
      Patience.until(order, () -> lives.stream().noneMatch(Life::runs));
    }
    lives.forEach(Life::kill);
    if (!Patience.until(AT_ONCE, () -> lives.stream().noneMatch(Life::runs))) {
      throw new IllegalStateException(
          "processes must end when they are killed, but these run: "
              + lives.stream().filter(Life::runs).toList());
    }
  }
}
