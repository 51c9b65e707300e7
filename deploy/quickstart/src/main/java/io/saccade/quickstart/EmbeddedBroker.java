package io.saccade.quickstart;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft, one node) on disk and on loopback, inside this process. Stopped, it
 * can be started again on the same folder and port. The broker's classes are not public API of
 * Kafka, so this is the only class that knows them.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String CLIENTS = "CLIENTS";

  /** Below those that systems give to outgoing connections: Linux from 32768 on. */
  private static final int LOWEST_PORT = 20_000;

  private static final int PORTS = 12_000;

  /** Each process begins elsewhere and gives no port twice. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private final Path folder;
  private final boolean deleteFolder;
  private final int port;
  private final KafkaRaftServer server;

  private EmbeddedBroker(Path folder, boolean deleteFolder, int port, KafkaRaftServer server) {
    this.folder = folder;
    this.deleteFolder = deleteFolder;
    this.port = port;
    this.server = server;
  }

  /** A broker on a free port, in a fresh folder that is deleted when it closes. */
  public static EmbeddedBroker start() {
    return startFresh(freePort());
  }

  /** A broker on the given port, in a fresh folder that is deleted when it closes. */
  public static EmbeddedBroker startFresh(int port) {
    try {
      return start(Files.createTempDirectory("saccade-kafka-"), true, port, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A broker on the given port whose records stay in {@code folder}. */
  public static EmbeddedBroker start(Path folder, int port) {
    return start(folder, false, port, null);
  }

  /** A broker on a free port that asks who comes, and what he may do. */
  public static EmbeddedBroker start(Path folder, BrokerAccess access) {
    return start(folder, false, freePort(), access);
  }

  private static EmbeddedBroker start(
      Path folder, boolean deleteFolder, int port, @Nullable BrokerAccess access) {
    Properties settings = settings(folder, port);
    if (access != null) {
      settings.putAll(access.settings(CLIENTS));
    }
    KafkaConfig config = KafkaConfig.fromProps(settings, false);
    try {
      format(folder, access);
      KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(folder, deleteFolder, port, server);
    } catch (Exception e) {
      if (deleteFolder) {
        Scratch.delete(folder);
      }
      throw new IllegalStateException(
          "the embedded Kafka broker did not start on %s:%d with its records in %s: %s"
              .formatted(LOOPBACK, port, folder, e.getMessage()),
          e);
    }
  }

  private static void format(Path folder, @Nullable BrokerAccess access) throws Exception {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(folder);
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setNodeId(1)
            .setClusterId(Uuid.randomUuid().toString())
            .setDirectories(List.of(folder.toString()))
            .setMetadataLogDirectory(folder.toString())
            .setReleaseVersion(MetadataVersion.latestProduction())
            .setControllerListenerName("CONTROLLER");
    if (access != null) {
      formatter.setScramArguments(List.of(access.firstUser()));
    }
    formatter.run();
  }

  private static Properties settings(Path folder, int port) {
    int controllerPort = freePort();
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@%s:%d".formatted(LOOPBACK, controllerPort));
    settings.put(
        "listeners",
        "%s://%s:%d,CONTROLLER://%s:%d"
            .formatted(CLIENTS, LOOPBACK, port, LOOPBACK, controllerPort));
    settings.put("advertised.listeners", "%s://%s:%d".formatted(CLIENTS, LOOPBACK, port));
    settings.put("inter.broker.listener.name", CLIENTS);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", folder.toString());
    settings.put("message.max.bytes", "" + TopicPlan.LARGEST_RECORD);
    settings.put("auto.create.topics.enable", "false");
    // One node: no replicas. Few internal partitions and small buffers: it shares two cores.
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "2");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", "" + (2 << 20));
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("log.segment.bytes", "" + (64 << 20));
    settings.put("log.retention.check.interval.ms", "10000");
    return settings;
  }

  /**
   * A port on loopback that nobody listens on at this moment, and that no outgoing connection can
   * take before a server does.
   */
  public static int freePort() {
    for (int tried = 0; tried < PORTS; tried++) {
      int port = LOWEST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // Another one, then.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException(
        "one of %d ports from %d on must be free, but none was".formatted(PORTS, LOWEST_PORT));
  }

  /** {@code host:port}, as clients want it. */
  public String address() {
    return LOOPBACK + ":" + port;
  }

  /** Where the records are. */
  public Path folder() {
    return folder;
  }

  public int port() {
    return port;
  }

  /** Stops in order, and deletes a fresh folder. */
  @Override
  public void close() {
    // In order, although slower: without controlled shutdown a restart takes ten seconds.
    server.shutdown();
    server.awaitShutdown();
    if (deleteFolder) {
      Scratch.delete(folder);
    }
  }
}
