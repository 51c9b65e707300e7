package io.saccade.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final String TOKEN = "0123456789abcdefghijklmn";
  private static final String FILE =
      """
      [{"name": "ada", "role": "operator", "token": "%s"},
       {"name": "bob", "role": "viewer", "token": "%sx", "cameras": ["yard"]}]
      """
          .formatted(TOKEN, TOKEN);

  @TempDir Path folder;

  private static Access access(String host, boolean tokens, String proxy) throws Exception {
    return new Access(
        InetAddress.getByName(host),
        tokens ? Optional.of(TokenFile.parse(FILE, "tokens.json")) : Optional.empty(),
        proxy.isEmpty() ? Optional.empty() : Optional.of(URI.create(proxy)),
        Person.ofAll("root", Role.VIEWER));
  }

  @Test
  void goesBeyondThisMachineOnlyWithTokensOrBehindAProxy() throws Exception {
    assertThatThrownBy(() -> access("0.0.0.0", false, ""))
        .hasMessage(
            "host must be a loopback address unless --token-file or --behind-proxy is given, but"
                + " was 0.0.0.0");
    assertThat(access("0.0.0.0", true, "").described()).contains("with a token");
    assertThat(access("0.0.0.0", false, "https://see.example.com").described())
        .contains("https://see.example.com")
        .contains("as viewer");
  }

  @Test
  void answersToItsOwnNamesOnly() throws Exception {
    Access local = access("127.0.0.1", false, "");
    assertThat(local.admitsHost("127.0.0.1:8087", 8087)).isTrue();
    assertThat(local.admitsHost("localhost:8087", 8087)).isTrue();
    assertThat(local.admitsHost("evil.example:8087", 8087)).isFalse();
    assertThat(local.admitsHost("127.0.0.1:80", 8087)).isFalse();
    assertThat(local.admitsHost("127.0.0.1.evil.example:8087", 8087)).isFalse();

    Access proxied = access("127.0.0.1", false, "https://see.example.com");
    assertThat(proxied.admitsHost("see.example.com", 8087)).isTrue();
    assertThat(proxied.admitsOrigin("https://see.example.com", "see.example.com")).isTrue();
    assertThat(proxied.admitsOrigin("https://evil.example", "see.example.com")).isFalse();
    assertThat(proxied.secure()).isTrue();
  }

  @Test
  void refusesAProxyThatIsNoOrigin() {
    assertThatThrownBy(() -> access("127.0.0.1", false, "see.example.com/console"))
        .hasMessageContaining(
            "proxy must be an origin such as https://see.example.com, but was see");
  }

  @Test
  void knowsWhoseTokenItIsAndWhatTheyMaySee() {
    TokenFile tokens = TokenFile.parse(FILE, "tokens.json");

    assertThat(tokens.person(TOKEN)).map(Person::operates).contains(true);
    Person bob = tokens.person(TOKEN + "x").orElseThrow();
    assertThat(bob.operates()).isFalse();
    assertThat(bob.sees("yard")).isTrue();
    assertThat(bob.sees("gate")).isFalse();
    assertThat(tokens.person(TOKEN + "y")).isEmpty();
    assertThat(tokens.person("")).isEmpty();
  }

  @Test
  void tellsAllThatIsWrongWithATokenFileAndNoSecret() {
    assertThatThrownBy(
            () ->
                TokenFile.parse(
                    "[{\"name\": \"ada\", \"role\": \"king\", \"token\": \""
                        + TOKEN
                        + "\"},"
                        + " {\"name\": \"bob\", \"role\": \"viewer\", \"token\": \"hunter2\"}]",
                    "t.json"))
        .hasMessageContaining("entry 1: role must be viewer or operator, but was king")
        .hasMessageContaining("entry 2: token must have at least 24 characters, but has 7")
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void refusesATokenFileThatOthersCanRead() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens.json"), FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> TokenFile.read(file)).hasMessageContaining("chmod 600");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(TokenFile.read(file).person(TOKEN)).isPresent();
  }

  @Test
  void aSessionEndsAfterTwelveHoursOrWhenItIsTold() {
    Sessions sessions = new Sessions();
    Person ada = Person.ofAll("ada", Role.OPERATOR);
    String id = sessions.begin(ada, 0);

    assertThat(sessions.person(id, 43_199_999)).contains(ada);
    assertThat(sessions.person(id, 43_200_000)).isEmpty();
    String other = sessions.begin(ada, 0);
    assertThat(other).isNotEqualTo(id);
    sessions.end(other);
    assertThat(sessions.person(other, 1)).isEmpty();
  }

  @Test
  void grantsSoManyAMinuteToEachPlace() {
    RateLimit limit = new RateLimit(2);

    assertThat(limit.take("a", 0)).isTrue();
    assertThat(limit.take("a", 0)).isTrue();
    assertThat(limit.take("a", 0)).isFalse();
    assertThat(limit.take("b", 0)).isTrue();
    assertThat(limit.take("a", 29_000_000_000L)).isFalse();
    assertThat(limit.take("a", 31_000_000_000L)).isTrue();
  }
}
