package io.saccade.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs of a cluster: ZooKeeper, a JobManager, TaskManagers, and the client that hands jobs
 * over.
 */
record Programs(Settings settings, Path home) {
  static final String ZOOKEEPER = "zookeeper";
  static final String JOB_MANAGER = "jobmanager";
  static final String TASK_MANAGER = "taskmanager-";
  static final String CLIENT = "client";

  private static final String RUNTIME = "org.apache.flink.runtime.";

  /** Those that the keeper keeps running, in the order in which it starts them. */
  List<Program> kept() {
    List<Program> kept = new ArrayList<>();
    kept.add(zooKeeper());
    kept.add(jobManager());
    for (int i = 1; i <= settings.options().allTaskManagers(); i++) {
      kept.add(taskManager(TASK_MANAGER + i));
    }
    return kept;
  }

  private Program zooKeeper() {
    // What it keeps is thrown away when the machine ends, so that nothing has to wait for the disk.
    return new Program(
        ZOOKEEPER,
        options(
            ZOOKEEPER,
            "-Xmx64m",
            "-Dzookeeper.admin.enableServer=false",
            "-Dzookeeper.forceSync=no",
            "-Dzookeeper.preAllocSize=1024"),
        RUNTIME + "zookeeper.FlinkZooKeeperQuorumPeer",
        List.of(
            "--zkConfigFile",
            settings.layout().conf().resolve("zoo.cfg").toString(),
            "--peerId",
            "1"));
  }

  private Program jobManager() {
    return new Program(
        JOB_MANAGER,
        options(
            JOB_MANAGER,
            "-Xmx" + settings.options().jobManagerHeapMegabytes() + "m",
            "-XX:MaxMetaspaceSize=" + Settings.METASPACE + "m"),
        RUNTIME + "entrypoint.StandaloneSessionClusterEntrypoint",
        flinkArguments(JOB_MANAGER));
  }

  private Program taskManager(String name) {
    int heap = settings.options().taskManagerHeapMegabytes() + Settings.FRAMEWORK_HEAP;
    int direct = Settings.FRAMEWORK_OFF_HEAP + Settings.TASK_OFF_HEAP + settings.networkMegabytes();
    List<String> arguments = new ArrayList<>(flinkArguments(name));
    arguments.addAll(List.of("-D", "taskmanager.resource-id=%s.%s".formatted(name, Program.LIFE)));
    return new Program(
        name,
        options(
            name,
            // The whole heap at once: a machine that is too small shows it at the start, not hours
            // later, and what grows afterwards is no heap that is used for the first time.
            "-Xms" + heap + "m",
            "-Xmx" + heap + "m",
            "-XX:+AlwaysPreTouch",
            "-XX:MaxDirectMemorySize=" + direct + "m",
            "-XX:MaxMetaspaceSize=" + Settings.METASPACE + "m",
            // What natives have given back, malloc keeps: more with every restart of a job, up to
            // 130 MB. Java 17 has learnt this in an update.
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TrimNativeHeapInterval=60000",
            "-Dorg.bytedeco.javacpp.cachedir=" + settings.layout().natives()),
        RUNTIME + "taskexecutor.TaskManagerRunner",
        arguments);
  }

  /** Flink's own command line; what it is to do comes after its arguments. */
  Program client() {
    return new Program(
        CLIENT,
        options(CLIENT, "-Xmx256m", "-Dsaccade.home=" + home),
        "org.apache.flink.client.cli.CliFrontend",
        List.of());
  }

  private List<String> flinkArguments(String name) {
    return List.of(
        "--configDir",
        settings.layout().conf().toString(),
        "-D",
        "io.tmp.dirs=" + settings.layout().scratch(name));
  }

  private List<String> options(String name, String... more) {
    Stream<String> all =
        Stream.of(
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            // Looking happens in native code: docs/adr/0006.
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + settings.layout().scratch(name),
            "-Dlog4j.configurationFile=" + settings.layout().conf().resolve("log4j2.xml").toUri(),
            "-Dlog.file=" + settings.log(name));
    return Stream.concat(all, Stream.of(more)).toList();
  }
}
