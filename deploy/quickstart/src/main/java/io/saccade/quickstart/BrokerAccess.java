package io.saccade.quickstart;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * How a broker lets clients in: over TLS, with user name and password (SCRAM-SHA-512), and only
 * where an ACL allows it.
 *
 * @param keystore the broker's key and certificate, and who signed it, PKCS 12
 * @param keystorePassword opens the keystore
 * @param administrator the first user, who may do everything and makes the others
 * @param password of the administrator
 */
public record BrokerAccess(
    Path keystore, String keystorePassword, String administrator, String password) {

  private static final String MECHANISM = "SCRAM-SHA-512";

  public BrokerAccess {
    plain("administrator", administrator);
    plain("password", password);
  }

  private static void plain(String what, String text) {
    if (!text.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          what + " must be of A-Z, a-z, 0-9, '.', '_', '-', but was not");
    }
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return "BrokerAccess[keystore=%s, administrator=%s]".formatted(keystore, administrator);
  }

  /** The administrator, as the storage is formatted with. */
  String firstUser() {
    return "%s=[name=%s,password=%s]".formatted(MECHANISM, administrator, password);
  }

  /**
   * What the broker is told besides.
   *
   * @param listener the name of the listener for clients
   */
  Map<String, String> settings(String listener) {
    String own = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".";
    String store = keystore.toString();
    return Map.ofEntries(
        Map.entry("listener.security.protocol.map", listener + ":SASL_SSL,CONTROLLER:PLAINTEXT"),
        Map.entry(own + "ssl.keystore.type", "PKCS12"),
        Map.entry(own + "ssl.keystore.location", store),
        Map.entry(own + "ssl.keystore.password", keystorePassword),
        // Brokers are clients of each other.
        Map.entry(own + "ssl.truststore.type", "PKCS12"),
        Map.entry(own + "ssl.truststore.location", store),
        Map.entry(own + "ssl.truststore.password", keystorePassword),
        Map.entry(own + "sasl.enabled.mechanisms", MECHANISM),
        Map.entry(own + MECHANISM.toLowerCase(Locale.ROOT) + ".sasl.jaas.config", login()),
        Map.entry("sasl.mechanism.inter.broker.protocol", MECHANISM),
        Map.entry(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        // Nobody but the controller, on its own listener, has no name.
        Map.entry("super.users", "User:%s;User:ANONYMOUS".formatted(administrator)));
  }

  private String login() {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(administrator, password);
  }
}
