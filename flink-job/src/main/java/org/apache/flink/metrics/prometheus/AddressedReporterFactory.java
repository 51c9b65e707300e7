package org.apache.flink.metrics.prometheus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes a {@link AddressedReporter}, at the host and port of its properties. */
public final class AddressedReporterFactory implements MetricReporterFactory {
  public static final String HOST = "host";
  public static final String PORT = "port";

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    InetSocketAddress address =
        new InetSocketAddress(
            properties.getProperty(HOST), Integer.parseInt(properties.getProperty(PORT)));
    try {
      return new AddressedReporter(address);
    } catch (IOException e) {
      throw new IllegalStateException(
          "metrics must be able to listen on %s, but could not: %s"
              .formatted(address, e.getMessage()),
          e);
    }
  }
}
