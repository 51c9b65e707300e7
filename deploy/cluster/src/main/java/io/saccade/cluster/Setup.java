package io.saccade.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What those who come later have to know of a cluster.
 *
 * @param restPort where it answers
 * @param taskManagers at work and spare
 */
record Setup(int restPort, int taskManagers) {
  static final String FILE = "cluster.properties";

  URI web() {
    return URI.create("http://127.0.0.1:%d/".formatted(restPort));
  }

  void write(Path conf) throws IOException {
    Properties all = new Properties();
    all.setProperty("rest.port", Integer.toString(restPort));
    all.setProperty("taskmanagers", Integer.toString(taskManagers));
    try (Writer file = Files.newBufferedWriter(conf.resolve(FILE))) {
      all.store(file, null);
    }
  }

  static Setup read(Path conf) throws IOException {
    Properties all = new Properties();
    try (Reader file = Files.newBufferedReader(conf.resolve(FILE))) {
      all.load(file);
    }
    return new Setup(number(all, "rest.port"), number(all, "taskmanagers"));
  }

  private static int number(Properties all, String name) {
    return Integer.parseInt(all.getProperty(name, "0"));
  }
}
