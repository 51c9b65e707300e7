package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Flink's reporter for Prometheus at one address, where Flink's own listens on all of the machine:
 * the same names and the same server. In this package because the registry of the superclass is
 * seen from here alone.
 */
final class AddressedReporter extends AbstractPrometheusReporter {
  private final HTTPServer server;

  AddressedReporter(InetSocketAddress address) throws IOException {
    server = new HTTPServer(address, registry, true);
  }

  @Override
  public void close() {
    server.stop();
    super.close();
  }
}
