package io.saccade.cluster;

import io.saccade.quickstart.EmbeddedBroker;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How a cluster comes up. */
final class Beginning {
  private static final Duration UP = Duration.ofMinutes(2);

  /** A program that has had so many lives before the cluster is up will not have a good one. */
  private static final int TOO_MANY_LIVES = 4;

  private final Cluster cluster;
  private final Consumer<String> say;
  private int registered;

  private Beginning(Cluster cluster, Consumer<String> say) {
    this.cluster = cluster;
    this.say = say;
  }

  static Cluster of(ClusterOptions options, Consumer<String> say)
      throws IOException, InterruptedException {
    Layout layout = new Layout(options.folder());
    refuseTwo(layout);
    int restPort = options.restPort() == 0 ? EmbeddedBroker.freePort() : options.restPort();
    requireFree(restPort);
    layout.prepare();
    Setup setup = new Setup(restPort, options.allTaskManagers());
    setup.write(layout.conf());
    configure(new Settings(options, layout, restPort, EmbeddedBroker.freePort()));
    say.accept(
        "starting ZooKeeper, a JobManager and %d TaskManagers in %s"
            .formatted(options.allTaskManagers(), layout.folder()));
    Cluster cluster = new Cluster(layout, setup);
    // Who presses Ctrl-C now wants no cluster.
    Thread interrupted = new Thread(() -> killed(cluster), "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    boolean up = false;
    try {
      Process keeper = startKeeper(layout);
      new Beginning(cluster, say).await(keeper);
      up = true;
      return cluster;
    } finally {
      Hooks.remove(interrupted);
      if (!up) {
        cluster.kill();
      }
    }
  }

  private static void refuseTwo(Layout layout) {
    List<Life> running = Life.all(layout.run()).stream().filter(Life::runs).toList();
    if (!running.isEmpty()) {
      throw new IllegalStateException(
          "a cluster is running already in %s (%s): cluster stop ends it, --dir takes another folder"
              .formatted(
                  layout.folder(),
                  running.stream().map(Life::program).collect(Collectors.joining(", "))));
    }
  }

  private static void requireFree(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new IllegalStateException(
          "port %d of 127.0.0.1 must be free for Flink's web page, but is taken; --port 0 takes a free one"
              .formatted(port),
          e);
    }
  }

  /** Writes everything that the programs and later clients read. */
  private static void configure(Settings settings) throws IOException {
    Jars jars = Jars.ofThisProcess();
    Path conf = settings.layout().conf();
    Files.writeString(conf.resolve("config.yaml"), settings.flink());
    Files.writeString(conf.resolve("zoo.cfg"), settings.zooKeeper());
    Files.writeString(conf.resolve("log4j2.xml"), Settings.log());
    Programs programs = new Programs(settings, jars.home());
    String classPath = jars.ofTheCluster();
    List<String> names = new ArrayList<>();
    for (Program program : programs.kept()) {
      program.write(conf, classPath);
      // A JobManager that lost its leadership while it was frozen has been seen to wait for ever.
      names.add(
          program.name().equals(Programs.JOB_MANAGER)
              ? "%s http://127.0.0.1:%d/overview".formatted(program.name(), settings.restPort())
              : program.name());
    }
    Files.write(conf.resolve(Keeper.PROGRAMS), names);
    programs.client().write(conf, classPath);
  }

  /** Apart, so that what ends a terminal or a script does not end the cluster. */
  private static Process startKeeper(Layout layout) throws IOException {
    List<String> command = new ArrayList<>(Program.apart());
    command.addAll(
        List.of(Program.java(), "-Xmx24m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xss256k", "-XX:-UsePerfData", "-cp", Jars.ofTheKeeper()));
    command.addAll(List.of(Keeper.class.getName(), layout.folder().toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectOutput(Redirect.appendTo(layout.logs().resolve("keeper.out").toFile()))
        .start();
  }

  private void await(Process keeper) throws InterruptedException {
    boolean up =
        Patience.until(
            UP,
            () -> {
              requireWell(keeper);
              report();
              return cluster.complete();
            });
    if (!up) {
      throw new IllegalStateException(
          "all TaskManagers must have registered within %d s, but %d of %d have; logs are in %s"
              .formatted(
                  UP.toSeconds(),
                  registered,
                  cluster.setup().taskManagers(),
                  cluster.layout().logs()));
    }
  }

  private void report() throws InterruptedException {
    int now = cluster.rest().ask("/overview").map(Cluster::registered).orElse(0);
    if (now != registered) {
      registered = now;
      say.accept(
          "%d of %d TaskManagers have registered".formatted(now, cluster.setup().taskManagers()));
    }
  }

  private void requireWell(Process keeper) {
    if (!keeper.isAlive()) {
      throw new IllegalStateException(
          "the keeper must run, but has ended; see " + cluster.layout().logs() + "/keeper.out");
    }
    Optional<Life> failing =
        cluster.lives().stream().filter(it -> it.number() >= TOO_MANY_LIVES).findFirst();
    if (failing.isPresent()) {
      String program = failing.get().program();
      throw new IllegalStateException(
          "%s must stay up, but has ended %d times; see %s/%s.log and .out"
              .formatted(program, failing.get().number() - 1, cluster.layout().logs(), program));
    }
  }

  private static void killed(Cluster cluster) {
    try {
      cluster.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
