package io.saccade.checks.access;

import io.saccade.checks.Script;
import io.saccade.quickstart.BrokerAccess;
import io.saccade.quickstart.EmbeddedBroker;
import io.saccade.quickstart.TopicPlan;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A broker with TLS, users and rights, set up with what is in {@code deploy/access} and nothing
 * else.
 */
final class SecuredKafka implements AutoCloseable {
  static final String CAMERA = "saccade-camera";
  static final String JOB = "saccade-job";
  static final String CONSOLE = "saccade-console";
  static final String OPERATOR = "saccade-operator";
  static final String READER = "saccade-reader";
  static final List<String> USERS = List.of(CAMERA, JOB, CONSOLE, OPERATOR, READER);

  private static final Path ACCESS = Path.of("../access").toAbsolutePath().normalize();
  private static final Pattern PASSWORD = Pattern.compile("password=\"([^\"]+)\"");

  private final Path folder;
  private final EmbeddedBroker broker;

  private SecuredKafka(Path folder, EmbeddedBroker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  static SecuredKafka start(Path folder) throws IOException, InterruptedException {
    Path certificates = folder.resolve("certificates");
    var unused = script(Map.of(), "certificates", certificates.toString(), "127.0.0.1");
    BrokerAccess access =
        new BrokerAccess(
            certificates.resolve("broker.p12"),
            Files.readString(certificates.resolve("keystore.password")),
            "admin",
            "first-password-of-the-test");
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), access);
    SecuredKafka kafka = new SecuredKafka(folder, broker);
    try (KafkaTools tools = KafkaTools.start(folder.resolve("tools"))) {
      kafka.login("admin", "admin", access.password());
      // What tests have written stays as long as they need it.
      TopicPlan.keeping(2).create(kafka.clients("admin"));
      Map<String, String> path = Map.of("PATH", tools.path());
      String admin = kafka.propertiesWithBrokers("admin");
      unused = script(path, "users", broker.address(), admin, folder.toString());
      unused = script(path, "grant", broker.address(), admin);
      return kafka;
    } catch (IOException | InterruptedException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private static String script(Map<String, String> environment, String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ACCESS.resolve(name).toString()));
    command.addAll(List.of(arguments));
    return Script.run(environment, command);
  }

  String address() {
    return broker.address();
  }

  private void login(String name, String user, String password) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        own.resolve("sasl.jaas.config"),
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";\n"
            .formatted(user, password));
  }

  /** One who is known, but has the wrong password. */
  String propertiesWithWrongPassword(String user) throws IOException {
    login("wrong", user, "not-the-password");
    return properties("wrong");
  }

  /** The sample's client properties for a user, as he would have them on his machine. */
  String properties(String user) {
    Path own = folder.resolve(user);
    Path file = own.resolve("client.properties");
    try {
      Files.copy(
          folder.resolve("certificates/ca.crt"),
          own.resolve("ca.crt"),
          StandardCopyOption.REPLACE_EXISTING);
      String sample = Files.readString(ACCESS.resolve("client.properties"));
      return Files.writeString(file, sample.replace("/etc/saccade/kafka", own.toString()))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String propertiesWithBrokers(String user) throws IOException {
    String text = Files.readString(Path.of(properties(user)));
    return Files.writeString(folder.resolve(user).resolve("admin.properties"), text).toString();
  }

  /** The same for a client of the test's own. */
  Map<String, Object> clients(String user) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(Files.readString(Path.of(properties(user)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> clients = new HashMap<>();
    read.stringPropertyNames().forEach(name -> clients.put(name, read.getProperty(name)));
    clients.put("bootstrap.servers", address());
    clients.put("default.api.timeout.ms", 10_000);
    clients.put("request.timeout.ms", 5_000);
    return clients;
  }

  /** What must be seen nowhere: every user's password. */
  Set<String> secrets() throws IOException {
    Set<String> secrets = new TreeSet<>();
    for (String user : USERS) {
      Matcher password =
          PASSWORD.matcher(Files.readString(folder.resolve(user + "/sasl.jaas.config")));
      if (!password.find()) {
        throw new IllegalStateException("there must be a password for " + user + ", but is none");
      }
      secrets.add(password.group(1));
    }
    return secrets;
  }

  @Override
  public void close() {
    broker.close();
  }
}
