package io.saccade.bench.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace that can be made to swallow every packet: nothing is refused, nothing is
 * answered. Needs root.
 */
public final class BlackHole implements AutoCloseable {
  private static final int SECONDS = 10;

  private final String name;
  private final String outside;
  private final String inside;

  private BlackHole(String name, int net) {
    this.name = name;
    // 198.18.0.0/15 is for tests of networks (RFC 2544), nobody's own.
    this.outside = "198.18.%d.1".formatted(net);
    this.inside = "198.18.%d.2".formatted(net);
  }

  /** A namespace of its own, joined with this one by a pair of virtual cables. */
  public static BlackHole make() throws IOException, InterruptedException {
    long pid = ProcessHandle.current().pid();
    BlackHole made = new BlackHole("sacc" + pid, (int) (pid % 200));
    boolean done = false;
    try {
      String here = "s" + pid + "a";
      String there = "s" + pid + "b";
      ip("netns", "add", made.name);
      ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", made.name);
      ip("addr", "add", made.outside + "/30", "dev", here);
      ip("link", "set", here, "up");
      ip("-n", made.name, "addr", "add", made.inside + "/30", "dev", there);
      ip("-n", made.name, "link", "set", there, "up");
      ip("-n", made.name, "link", "set", "lo", "up");
      done = true;
      return made;
    } finally {
      if (!done) {
        made.close();
      }
    }
  }

  /** Packets go in and none comes out. */
  public void swallow() throws IOException, InterruptedException {
    ip("-n", name, "route", "add", "blackhole", outside + "/32");
  }

  /** As if nothing had been. */
  public void release() throws IOException, InterruptedException {
    ip("-n", name, "route", "del", "blackhole", outside + "/32");
  }

  /** What a command must begin with to run inside. */
  List<String> command() {
    return List.of("ip", "netns", "exec", name);
  }

  /** The address of a server inside. */
  String host() {
    return inside;
  }

  private static void ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process ip = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(ip.getInputStream().readAllBytes(), UTF_8);
    if (!ip.waitFor(SECONDS, TimeUnit.SECONDS) || ip.exitValue() != 0) {
      throw new IOException(
          "'%s' must work, but did not: %s".formatted(String.join(" ", command), said.strip()));
    }
  }

  @Override
  public void close() {
    try {
      ip("netns", "del", name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
