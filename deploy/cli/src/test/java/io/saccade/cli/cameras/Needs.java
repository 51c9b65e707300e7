package io.saccade.cli.cameras;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What of the machine a test needs. Without it the test is skipped, but in CI it fails. */
final class Needs {
  static final Needs RTSP =
      new Needs(
          "GStreamer's RTSP server",
          "python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good"
              + " gstreamer1.0-plugins-ugly",
          "/usr/bin/python3",
          "-c",
          """
          import gi
          gi.require_version("GstRtspServer", "1.0")
          from gi.repository import Gst, GstRtspServer
          Gst.init(None)
          assert all(Gst.ElementFactory.find(name) for name in ("appsrc", "x264enc", "rtph264pay"))
          """);

  static final Needs PYTHON = new Needs("Python", "python3", "/usr/bin/python3", "--version");

  static final Needs NAMESPACES =
      new Needs(
          "root and network namespaces",
          "iproute2",
          "sh",
          "-c",
          "ip netns add saccade-try && ip netns del saccade-try");

  private final String what;
  private final String packages;
  private final List<String> trial;

  private Needs(String what, String packages, String... trial) {
    this.what = what;
    this.packages = packages;
    this.trial = List.of(trial);
  }

  boolean there() {
    try {
      Process tried =
          new ProcessBuilder(trial)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return tried.waitFor(20, TimeUnit.SECONDS) && tried.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void require() {
    boolean there = there();
    String message = what + " is needed (Debian packages: " + packages + ")";
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    assumeTrue(there, message);
  }
}
