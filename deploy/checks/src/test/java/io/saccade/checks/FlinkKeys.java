package io.saccade.checks;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** Which keys Flink's configuration has. */
public final class FlinkKeys {
  private static final Pattern REPORTER =
      Pattern.compile("metrics\\.reporter\\.\\w+\\.(factory\\.class|port|interval)");

  private static final Set<String> KEYS =
      Stream.of(
              BlobServerOptions.class,
              CheckpointingOptions.class,
              CoreOptions.class,
              HighAvailabilityOptions.class,
              JobManagerOptions.class,
              MetricOptions.class,
              ResourceManagerOptions.class,
              RestOptions.class,
              StateBackendOptions.class,
              TaskManagerOptions.class,
              WebOptions.class)
          .flatMap(holder -> options(holder).stream())
          .map(ConfigOption::key)
          .collect(Collectors.toSet());

  private FlinkKeys() {}

  private static List<ConfigOption<?>> options(Class<?> holder) {
    List<ConfigOption<?>> options = new ArrayList<>();
    for (Field field : holder.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        try {
          options.add((ConfigOption<?>) field.get(null));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return options;
  }

  public static boolean known(String key) {
    return KEYS.contains(key) || REPORTER.matcher(key).matches();
  }
}
