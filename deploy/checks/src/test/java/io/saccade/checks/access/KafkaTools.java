package io.saccade.checks.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import kafka.admin.ConfigCommand;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.AclCommand;

/**
 * Kafka's {@code kafka-acls.sh} and {@code kafka-configs.sh} for scripts that find them on their
 * path. The true commands with the true arguments, but all in this process: a JVM for each of
 * twenty calls would take half a minute.
 */
final class KafkaTools implements AutoCloseable {
  private static final String CALL =
      """
      #!/usr/bin/env bash
      exec 3<>/dev/tcp/127.0.0.1/%d
      printf '%%s\\0' "$0" "$@" $'\\x04' >&3
      read -r code <&3
      cat <&3
      exit "$code"
      """;
  private static final String END = "\u0004";

  private final Path folder;
  private final ServerSocket server;
  private final Thread worker = new Thread(this::work, "kafka-tools");

  private KafkaTools(Path folder, ServerSocket server) {
    this.folder = folder;
    this.server = server;
  }

  static KafkaTools start(Path folder) throws IOException {
    Files.createDirectories(folder);
    ServerSocket server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    for (String tool : List.of("kafka-acls.sh", "kafka-configs.sh")) {
      Path call = folder.resolve(tool);
      Files.writeString(call, CALL.formatted(server.getLocalPort()));
      Files.setPosixFilePermissions(call, PosixFilePermissions.fromString("rwx------"));
    }
    KafkaTools tools = new KafkaTools(folder, server);
    tools.worker.setDaemon(true);
    tools.worker.start();
    return tools;
  }

  /** The path on which a script finds them. */
  String path() {
    return folder + ":" + System.getenv("PATH");
  }

  private void work() {
    while (!server.isClosed()) {
      try (Socket call = server.accept()) {
        List<String> words = words(new DataInputStream(call.getInputStream()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int code = run(words, printed);
        call.getOutputStream().write((code + "\n").getBytes(UTF_8));
        call.getOutputStream().write(printed.toByteArray());
      } catch (IOException e) {
        // Closed; a script whose call broke off fails by itself.
      }
    }
  }

  private static List<String> words(InputStream in) throws IOException {
    List<String> words = new ArrayList<>();
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the call broke off");
      } else if (next > 0) {
        word.write(next);
      } else if (word.toString(UTF_8).equals(END)) {
        return words;
      } else {
        words.add(word.toString(UTF_8));
        word.reset();
      }
    }
  }

  private static int run(List<String> words, ByteArrayOutputStream printed) {
    String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
    PrintStream out = System.out;
    PrintStream err = System.err;
    Exit.setExitProcedure(
        (code, message) -> {
          throw new Ended(code, String.valueOf(message));
        });
    try (PrintStream caught = new PrintStream(printed, true, UTF_8)) {
      System.setOut(caught);
      System.setErr(caught);
      if (words.get(0).endsWith("kafka-acls.sh")) {
        AclCommand.main(arguments);
      } else {
        ConfigCommand.main(arguments);
      }
      return 0;
    } catch (Ended e) {
      printed.writeBytes(String.valueOf(e.getMessage()).getBytes(UTF_8));
      return e.code;
    } finally {
      System.setOut(out);
      System.setErr(err);
      Exit.resetExitProcedure();
    }
  }

  /** A tool that wanted to end its process. */
  private static final class Ended extends RuntimeException {
    private final int code;

    Ended(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
