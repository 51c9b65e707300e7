package io.saccade.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The packed jar for {@code flink run}. */
class FlinkJarIT {
  private static final String JAR = System.getProperty("flink.jar", "");

  @Test
  void holdsTheJobAndWhatAClusterDoesNotHave() throws IOException {
    assertThat(classes())
        .contains(
            "io/saccade/job/ClassifyJob.class",
            "io/saccade/wire/Frame.class",
            "io/saccade/wire/schema/label.schema.json",
            "io/saccade/budget/Controller.class",
            "io/saccade/gfnet/GfNet.class",
            "org/apache/flink/connector/kafka/source/KafkaSource.class",
            "org/apache/kafka/clients/consumer/KafkaConsumer.class",
            "com/fasterxml/jackson/databind/ObjectMapper.class",
            "picocli/CommandLine.class");
  }

  @Test
  void holdsNeitherFlinkNorAnyNativeLibraryOfTheNetwork() throws IOException {
    assertThat(classes())
        .filteredOn(
            name ->
                name.startsWith("ai/onnxruntime/")
                    || name.startsWith("org/bytedeco/")
                    || name.startsWith("org/slf4j/")
                    || name.startsWith("org/apache/logging/")
                    || (name.startsWith("org/apache/flink/")
                        && name.endsWith(".class")
                        && !name.contains("/kafka/")
                        && !name.startsWith("org/apache/flink/streaming/util/serialization/JSON")))
        .isEmpty();
  }

  @Test
  void namesTheMainClass() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo(ClassifyJob.class.getName());
    }
  }

  private static List<String> classes() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }
}
