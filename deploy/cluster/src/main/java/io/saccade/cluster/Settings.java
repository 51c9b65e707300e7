package io.saccade.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What Flink, ZooKeeper and Log4j are told. All on loopback, small, and set to notice soon what has
 * died: the times are for processes of one machine, and too short across a network.
 *
 * @param restPort of the JobManager
 * @param zooKeeperPort for its clients
 */
record Settings(ClusterOptions options, Layout layout, int restPort, int zooKeeperPort) {
  private static final String LOOPBACK = "127.0.0.1";

  /** Of the JVM and Flink beside the tasks', megabytes. */
  static final int FRAMEWORK_HEAP = 64;

  static final int FRAMEWORK_OFF_HEAP = 64;
  static final int TASK_OFF_HEAP = 64;
  static final int METASPACE = 192;

  /** Frames do not cross it; labels and news are small. */
  int networkMegabytes() {
    return 24 + 8 * options.slots();
  }

  /** Flink's {@code config.yaml}. */
  String flink() {
    Map<String, Object> settings = new LinkedHashMap<>();
    places(settings);
    availability(settings);
    detection(settings);
    storage(settings);
    memory(settings);
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + ": " + quoted(setting.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  /** As YAML wants it, for a path may hold anything. */
  private static String quoted(Object value) {
    return "'" + value.toString().replace("'", "''") + "'";
  }

  private void places(Map<String, Object> settings) {
    settings.put("jobmanager.rpc.address", LOOPBACK);
    settings.put("jobmanager.bind-host", LOOPBACK);
    settings.put("taskmanager.host", LOOPBACK);
    settings.put("taskmanager.bind-host", LOOPBACK);
    settings.put("rest.address", LOOPBACK);
    settings.put("rest.bind-address", LOOPBACK);
    settings.put("rest.port", restPort);
    settings.put("rest.bind-port", restPort);
    // Jobs come from `submit` alone.
    settings.put("web.submit.enable", false);
    settings.put("web.checkpoints.history", 200);
  }

  private void availability(Map<String, Object> settings) {
    String zooKeeper = "high-availability.zookeeper.";
    settings.put("high-availability.type", "zookeeper");
    settings.put(zooKeeper + "quorum", LOOPBACK + ":" + zooKeeperPort);
    settings.put(zooKeeper + "path.root", "/flink");
    settings.put("high-availability.cluster-id", "/saccade");
    settings.put("high-availability.storageDir", Layout.toldToFlink(layout.leader()));
    // A JobManager that was killed leads until its session ends; the next takes as long to start.
    settings.put(zooKeeper + "client.session-timeout", "4 s");
    settings.put(zooKeeper + "client.connection-timeout", "3 s");
    settings.put(zooKeeper + "client.retry-wait", "300 ms");
    settings.put(zooKeeper + "client.max-retry-attempts", 10);
    // A ZooKeeper that is begun again is no reason to end every job.
    settings.put(zooKeeper + "client.tolerate-suspended-connections", true);
  }

  private static void detection(Map<String, Object> settings) {
    // Who was killed does not answer a heartbeat, which is noticed by the second; who is frozen
    // only lets them pass.
    settings.put("heartbeat.interval", "500 ms");
    settings.put("heartbeat.rpc-failure-threshold", 2);
    settings.put("heartbeat.timeout", "6 s");
    settings.put("cluster.registration.max-timeout", "1 s");
    settings.put("cluster.registration.error-delay", "500 ms");
    settings.put("cluster.registration.refused-registration-delay", "1 s");
    settings.put("task.cancellation.interval", "2 s");
  }

  private void storage(Map<String, Object> settings) {
    settings.put("execution.checkpointing.storage", "filesystem");
    settings.put("execution.checkpointing.dir", Layout.toldToFlink(layout.checkpoints()));
    settings.put("execution.checkpointing.savepoint-dir", Layout.toldToFlink(layout.savepoints()));
    settings.put("execution.checkpointing.num-retained", 2);
  }

  private void memory(Map<String, Object> settings) {
    settings.put("taskmanager.numberOfTaskSlots", options.slots());
    settings.put("taskmanager.cpu.cores", (double) options.slots());
    String memory = "taskmanager.memory.";
    settings.put(memory + "framework.heap.size", FRAMEWORK_HEAP + "m");
    settings.put(memory + "framework.off-heap.size", FRAMEWORK_OFF_HEAP + "m");
    settings.put(memory + "task.heap.size", options.taskManagerHeapMegabytes() + "m");
    settings.put(memory + "task.off-heap.size", TASK_OFF_HEAP + "m");
    settings.put(memory + "network.min", networkMegabytes() + "m");
    settings.put(memory + "network.max", networkMegabytes() + "m");
    // State is small and on the heap.
    settings.put(memory + "managed.size", "0m");
    settings.put(memory + "jvm-metaspace.size", METASPACE + "m");
    settings.put(memory + "jvm-overhead.min", "64m");
    settings.put(memory + "jvm-overhead.max", "64m");
  }

  /** ZooKeeper's {@code zoo.cfg}. */
  String zooKeeper() {
    return """
    dataDir=%s
    clientPort=%d
    clientPortAddress=%s
    tickTime=500
    maxClientCnxns=0
    autopurge.snapRetainCount=3
    autopurge.purgeInterval=1
    """
        .formatted(
            // A file of Java properties.
            layout.zooKeeper().toString().replace("\\", "\\\\"), zooKeeperPort, LOOPBACK);
  }

  /** Log4j's {@code log4j2.xml}: a file for each program. */
  static String log() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Configuration status="error">
      <Appenders>
        <RollingFile name="file" fileName="${sys:log.file}" filePattern="${sys:log.file}.%i">
          <PatternLayout pattern="%d{ISO8601} %-5p [%t] %c{1.} - %m%n"/>
          <Policies><SizeBasedTriggeringPolicy size="20 MB"/></Policies>
          <DefaultRolloverStrategy max="2"/>
        </RollingFile>
      </Appenders>
      <Loggers>
        <Logger name="org.apache.kafka.clients" level="warn"/>
        <!-- While a broker is away it would say so several times a second, for hours. -->
        <Logger name="org.apache.kafka.clients.NetworkClient" level="error"/>
        <Logger name="org.apache.kafka.common" level="warn"/>
        <!-- Of exactly-once, several lines at each checkpoint; the first is FLINK-35321. -->
        <Logger name="org.apache.flink.metrics.MetricGroup" level="error"/>
        <Logger name="org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer" level="warn"/>
        <Root level="info">
          <AppenderRef ref="file"/>
        </Root>
      </Loggers>
    </Configuration>
    """;
  }

  /** Where a program logs. */
  Path log(String program) {
    return layout.logs().resolve(program + ".log");
  }
}
