package io.saccade.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Loopback, and ports on it.
 *
 * @param wanted must be free
 * @param usual better be free: what takes one may be Saccade itself
 */
public record Ports(List<Integer> wanted, List<Integer> usual) implements Check {
  private static final int PATIENCE_MILLIS = 2000;

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(loopback());
    if (!wanted.isEmpty()) {
      List<Integer> taken = taken(wanted);
      findings.add(
          taken.isEmpty()
              ? Finding.ok("ports", said(wanted) + " can be had")
              : Finding.problem(
                  "ports",
                  said(taken) + " taken",
                  "free",
                  "end what listens there (ss -ltnp), or take others"));
    } else {
      List<Integer> taken = taken(usual);
      findings.add(
          taken.isEmpty()
              ? Finding.ok("ports", said(usual) + " can be had")
              : Finding.warning(
                  "ports",
                  said(taken) + " taken",
                  "free, unless Saccade itself listens there",
                  "--port, --console-port and --health-port take others; 0 any that is free"));
    }
    return findings;
  }

  private static String said(List<Integer> ports) {
    return ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static List<Integer> taken(List<Integer> ports) {
    return ports.stream().filter(port -> !free(port)).toList();
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections of the last minute that linger do not count.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Finding loopback() {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, here);
        Socket client = new Socket()) {
      client.connect(server.getLocalSocketAddress(), PATIENCE_MILLIS);
      return Finding.ok("loopback", here.getHostAddress() + " can be reached");
    } catch (IOException e) {
      return Finding.problem(
          "loopback",
          "%s cannot be reached: %s".formatted(here.getHostAddress(), e.getMessage()),
          "connections of this machine to itself",
          "ip link set lo up; let the firewall pass 127.0.0.0/8");
    }
  }
}
