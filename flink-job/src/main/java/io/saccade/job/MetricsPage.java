package io.saccade.job;

import java.net.InetSocketAddress;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.prometheus.AddressedReporterFactory;

/** Flink's metrics of a job in this process, for Prometheus. */
final class MetricsPage {
  private static final String REPORTER = "metrics.reporter.page.";

  private MetricsPage() {}

  /**
   * What Flink is told, so that it serves them.
   *
   * @throws IllegalArgumentException when nobody could listen there
   */
  static Configuration configuration(String host, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("metrics port must be within [1, 65535], but was " + port);
    }
    if (new InetSocketAddress(host, port).isUnresolved()) {
      throw new IllegalArgumentException(
          "metrics host must be an address of this machine, but was " + host);
    }
    Configuration configuration = new Configuration();
    configuration.setString(REPORTER + "factory.class", AddressedReporterFactory.class.getName());
    configuration.setString(REPORTER + AddressedReporterFactory.HOST, host);
    configuration.setString(REPORTER + AddressedReporterFactory.PORT, Integer.toString(port));
    return configuration;
  }
}
